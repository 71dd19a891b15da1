package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.skep.base.io.FileSystem;
import org.skep.base.time.Clock;
import org.skep.lsm.schema.Durability;

/** A log with one region, whose writes are texts. Safe for use by many threads. */
final class TestLog implements AutoCloseable {
    static final String DIRECTORY = "/store/wal";
    static final WalOptions OPTIONS = WalOptions.DEFAULT.withSyncInterval(Duration.ZERO);

    final Wal wal;
    final WalRegion region;
    final List<String> rolledBack = Collections.synchronizedList(new ArrayList<>());

    TestLog(FileSystem files) {
        this(files, OPTIONS);
    }

    TestLog(FileSystem files, WalOptions options) {
        this(files, DIRECTORY, options);
    }

    TestLog(FileSystem files, String directory, WalOptions options) {
        this(files, directory, options, ChecksumRule.EQUAL);
    }

    TestLog(FileSystem files, String directory, WalOptions options, ChecksumRule rule) {
        wal = Wal.open(files, directory, Clock.SYSTEM, options, 1, rule);
        region = wal.region("region");
    }

    private final class Text extends Write {
        private final byte[] bytes;

        Text(String text, Durability durability) {
            super(TestLog.this.region, durability, WalFormat.Type.CELLS);
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        protected int payloadSize() {
            return bytes.length;
        }

        @Override
        protected void sequenced(long id) {
            // Nothing depends on it.
        }

        @Override
        protected void encode(ByteBuffer target) {
            target.put(bytes);
        }

        @Override
        protected void rollback() {
            rolledBack.add(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Writes a text; its sequence id. */
    long write(String text) {
        return write(text, Durability.FSYNC_WAL);
    }

    long write(String text, Durability durability) {
        return written(text, durability).sequence();
    }

    /** Writes a text; what stood for it on its way. */
    Write written(String text, Durability durability) {
        Text write = new Text(text, durability);
        wal.append(write);
        wal.commit(write);
        return write;
    }

    /** The texts in the log when it was opened. */
    List<String> replayed() {
        Map<Long, String> texts = new ConcurrentSkipListMap<>();
        wal.replay(
                Map.of(
                        region,
                        (sequence, buffer, offset, length) -> {
                            byte[] bytes = new byte[length];
                            buffer.get(offset, bytes);
                            texts.put(sequence, new String(bytes, StandardCharsets.UTF_8));
                        }));
        return List.copyOf(texts.values());
    }

    @Override
    public void close() {
        wal.close();
    }
}
