package org.skep.lsm.wal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;

/**
 * Finds out what an earlier process left in the log's directory: which files belong to the log,
 * where their records end, and which regions they concern. Every record's checksum is verified. The
 * rule: every file but the last ends where the next one's header says; the last one may end in
 * bytes that are no records (torn, zero or garbage), as long as nothing behind them shows that they
 * had been on the disk; everything else is damage and is refused. Confined to one thread.
 */
final class WalRecovery {
    private record Header(long epochBefore, long before, long end, int doubtful) {}

    private final FileSystem files;
    private final WalOptions.OnDamage onDamage;
    private final ChecksumRule rule;
    private final Map<String, WalRegion> regions = new HashMap<>();
    private final List<WalFile> log = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();
    private long lastEpoch;
    private long lastSequence;

    WalRecovery(FileSystem files, WalOptions.OnDamage onDamage, ChecksumRule rule) {
        this.files = files;
        this.onDamage = onDamage;
        this.rule = rule;
    }

    /** The files of the log, oldest first. */
    List<WalFile> log() {
        return log;
    }

    /** Files that hold nothing and are not part of the log: left by a process that died early. */
    List<String> empty() {
        return empty;
    }

    Map<String, WalRegion> regions() {
        return regions;
    }

    /** The greatest epoch of all files, 0 if there is none. */
    long lastEpoch() {
        return lastEpoch;
    }

    /** The greatest sequence id in the log. */
    long lastSequence() {
        return lastSequence;
    }

    void run(String directory) {
        List<WalFile> found = new ArrayList<>();
        for (FileStatus status : files.list(directory)) {
            String name = status.name();
            if (WalFormat.epochOf(name).isPresent() && WalFormat.numberOf(name).isPresent()) {
                WalFile file =
                        new WalFile(
                                status.path(),
                                WalFormat.epochOf(name).getAsLong(),
                                WalFormat.numberOf(name).getAsLong());
                file.end = status.length();
                found.add(file);
                lastEpoch = Math.max(lastEpoch, file.epoch);
            }
        }
        found.sort(
                (a, b) ->
                        a.epoch != b.epoch
                                ? Long.compare(a.epoch, b.epoch)
                                : Long.compare(a.number, b.number));
        chain(found);
        for (int i = 0; i < log.size(); i++) {
            scan(log.get(i), i == log.size() - 1);
        }
    }

    // Walks from the newest file back along what the headers say.
    private void chain(List<WalFile> found) {
        int at = found.size() - 1;
        Header next = null;
        while (at >= 0) {
            WalFile file = found.get(at);
            boolean expected =
                    next == null || (file.epoch == next.epochBefore && file.number == next.before);
            Header header = header(found, at, next == null || !expected);
            boolean empty = file.end <= WalFormat.HEADER;
            if (header == null || (!expected && (empty || refuses()))) {
                if (!empty) {
                    throw new SkepException(
                            ErrorCode.CORRUPT_FILE,
                            "Write-ahead log has a file that the next one does not name: "
                                    + file.path);
                }
                this.empty.add(file.path);
                at--;
                continue;
            }
            if (!expected) {
                file.certain =
                        WalFormat.HEADER; // what came between this file and the next one is lost
            } else if (next != null) {
                file.certain = next.end - next.doubtful;
                if (file.certain > file.end && refuses()) {
                    throw new SkepException(
                            ErrorCode.CORRUPT_FILE,
                            "Write-ahead log file ends too early: %s has %d bytes, expected %d"
                                    .formatted(file.path, file.end, file.certain));
                }
                file.end = Math.min(next.end, file.end);
            }
            log.add(0, file);
            next = header;
            at--;
        }
    }

    private boolean refuses() {
        return onDamage == WalOptions.OnDamage.REFUSE;
    }

    // The header; null if the file is the beginning of one, which only an empty file may be.
    private Header header(List<WalFile> found, int at, boolean mayBeTorn) {
        WalFile file = found.get(at);
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(WalFormat.HEADER);
        boolean whole = file.end >= WalFormat.HEADER;
        if (whole) {
            try (InputFile input = files.open(file.path)) {
                input.readFully(0, bytes.array(), 0, WalFormat.HEADER);
            }
            CRC32C crc = new CRC32C();
            crc.update(bytes.array(), 0, WalFormat.HEADER - Integer.BYTES);
            if (bytes.getLong(0) == WalFormat.MAGIC
                    && (int) crc.getValue() == bytes.getInt(WalFormat.HEADER - Integer.BYTES)) {
                if (bytes.getInt(8) > WalFormat.VERSION) {
                    throw new SkepException(
                            ErrorCode.FORMAT_TOO_NEW,
                            "Write-ahead log file of version %d must be of version %d at most: %s"
                                    .formatted(bytes.getInt(8), WalFormat.VERSION, file.path));
                }
                if (bytes.getLong(16) == file.epoch && bytes.getLong(24) == file.number) {
                    return new Header(
                            bytes.getLong(32),
                            bytes.getLong(40),
                            bytes.getLong(48),
                            bytes.getInt(56));
                }
            }
        }
        if (mayBeTorn && file.end <= WalFormat.HEADER) {
            return null;
        }
        if (refuses()) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "Write-ahead log file has a damaged header at offset 0: " + file.path);
        }
        // Its name says which file it is, and which one came before.
        WalFile before = at == 0 ? null : found.get(at - 1);
        return before == null
                ? new Header(0, 0, 0, 0)
                : new Header(
                        before.epoch,
                        before.number,
                        before.end,
                        (int) Math.max(0, before.end - WalFormat.HEADER));
    }

    private void scan(WalFile file, boolean last) {
        long synced = WalFormat.HEADER;
        boolean ended = false;
        try (WalReader reader = new WalReader(files, file.path, file.epoch, file.end, rule)) {
            while (reader.next()) {
                lastSequence = Math.max(lastSequence, reader.sequence());
                synced = Math.max(synced, reader.synced());
                ended = reader.type() == WalFormat.Type.END;
                if (reader.type().hasCells()) {
                    file.used(region(reader), reader.sequence());
                }
            }
            long end = reader.offset();
            if (end != reader.end()) {
                boolean damaged = last ? reader.damaged() : end < file.certain;
                if (damaged && refuses()) {
                    throw new SkepException(
                            ErrorCode.CORRUPT_FILE,
                            "Damaged record in write-ahead log file %s at offset %d"
                                    .formatted(file.path, end));
                }
                file.end = end;
                ended = false;
            }
        }
        file.readable = file.end;
        if (last) {
            file.certain = ended ? Long.MAX_VALUE : Math.min(synced, file.end);
        }
    }

    private WalRegion lastRegion;

    private WalRegion region(WalReader reader) {
        if (lastRegion == null || !reader.hasRegion(lastRegion.nameBytes)) {
            lastRegion = regions.computeIfAbsent(reader.region(), WalRegion::new);
        }
        return lastRegion;
    }
}
