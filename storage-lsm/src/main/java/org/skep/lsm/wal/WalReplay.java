package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;

/** Hands regions what a log held when it was opened, reading several files at the same time. */
final class WalReplay {
    private final FileSystem files;
    private final ChecksumRule rule;
    private final LogFiles log;
    private final Map<WalRegion, Replay> targets;
    private final Deque<WalFile> left = new ConcurrentLinkedDeque<>();

    WalReplay(FileSystem files, ChecksumRule rule, LogFiles log, Map<WalRegion, Replay> targets) {
        this.files = files;
        this.rule = rule;
        this.log = log;
        this.targets = targets;
    }

    void run() {
        left.addAll(log.recoveredFor(targets.keySet()));
        int helpers = Math.min(left.size(), Runtime.getRuntime().availableProcessors()) - 1;
        if (helpers < 1) {
            readAll();
            return;
        }
        ExecutorService pool = NamedThreads.pool("wal-replay", helpers);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < helpers; i++) {
                work.add(pool.submit(this::readAll));
            }
            readAll();
            work.forEach(WalReplay::await);
        } finally {
            pool.shutdown();
        }
    }

    private static void await(Future<?> work) {
        try {
            work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkepException(ErrorCode.CANCELLED, "Replay interrupted", e);
        }
    }

    private void readAll() {
        for (WalFile file = left.poll(); file != null; file = left.poll()) {
            try (WalReader reader =
                    new WalReader(files, file.path, file.epoch, file.readable, rule)) {
                read(reader, file.path);
                if (reader.offset() != file.readable) {
                    throw new SkepException(
                            ErrorCode.CORRUPT_FILE,
                            "Damaged record in write-ahead log file %s at offset %d"
                                    .formatted(file.path, reader.offset()));
                }
            }
        }
    }

    private void read(WalReader reader, String path) {
        ByteBuffer unpacked = null;
        WalRegion region = null;
        Replay target = null;
        while (reader.next()) {
            if (!reader.type().hasCells()) {
                continue;
            }
            if (region == null || !reader.hasRegion(region.nameBytes)) {
                region = log.region(reader.region());
                target = targets.get(region);
            }
            if (target == null) {
                continue;
            }
            int offset = reader.payloadOffset();
            int length = reader.payloadLength();
            if (reader.type() == WalFormat.Type.CELLS) {
                target.write(reader.sequence(), reader.buffer(), offset, length);
            } else {
                unpacked = unpack(reader, path, unpacked);
                target.write(reader.sequence(), unpacked, 0, unpacked.position());
            }
        }
    }

    private static ByteBuffer unpack(WalReader reader, String path, ByteBuffer target) {
        try {
            return PackedCells.unpack(
                    reader.buffer(), reader.payloadOffset(), reader.payloadLength(), target);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "Unreadable cells in write-ahead log file %s at offset %d: %s"
                            .formatted(path, reader.offset(), e.getMessage()),
                    e);
        }
    }
}
