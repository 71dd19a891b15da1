package org.skep.lsm.region;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.operation.Put;
import org.skep.lsm.schema.ColumnFamily;

/**
 * A process that writes until it is killed: each of its threads has keys of its own, gives them
 * ever greater numbers, and notes before and after each write what it tries and what it was
 * promised in a file that survives it. Arguments: the store's directory, the file, threads, a seed.
 */
public final class KillWriter {
    static final int KEYS = 64;

    /** Bytes of a key's entry: the number tried, the number promised. */
    static final int ENTRY = 16;

    private KillWriter() {}

    static RegionOptions options() {
        return RegionOptions.DEFAULT.withWal(
                org.skep.lsm.wal.WalOptions.DEFAULT.withRollBytes(256 << 10));
    }

    static TestStore open(String directory) {
        return new TestStore(
                LocalFileSystem.INSTANCE,
                directory,
                options(),
                ColumnFamily.named("f"),
                ColumnFamily.named("g"));
    }

    static byte[] row(int thread, int key) {
        return TestStore.bytes("t%02d-k%03d".formatted(thread, key));
    }

    /** Writes for ever. */
    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[2]);
        long seed = Long.parseLong(arguments[3]);
        TestStore store = open(arguments[0]);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (FileChannel notes = channel(Path.of(arguments[1]), threads)) {
            for (int t = 0; t < threads; t++) {
                int id = t;
                Thread thread =
                        new Thread(
                                () -> {
                                    try {
                                        write(store, notes, id, new Random(seed + id));
                                    } catch (IOException | RuntimeException e) {
                                        failure.set(e);
                                    }
                                });
                thread.start();
            }
            System.out.println("writing");
            Random random = new Random(seed);
            while (failure.get() == null) {
                if (random.nextInt(3) > 0) {
                    store.region.flush();
                } else {
                    store.region.majorCompact();
                }
            }
        }
        throw new IllegalStateException(failure.get());
    }

    static FileChannel channel(Path path, int threads) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength((long) threads * KEYS * ENTRY);
        }
        return FileChannel.open(
                path,
                java.nio.file.StandardOpenOption.READ,
                java.nio.file.StandardOpenOption.WRITE);
    }

    private static void write(TestStore store, FileChannel notes, int thread, Random random)
            throws IOException {
        // Pages of a mapped file belong to the system, which outlives the process.
        ByteBuffer map =
                notes.map(
                        FileChannel.MapMode.READ_WRITE, (long) thread * KEYS * ENTRY, KEYS * ENTRY);
        while (true) {
            int key = random.nextInt(KEYS);
            long number = map.getLong(key * ENTRY) + 1;
            map.putLong(key * ENTRY, number);
            byte[] value = TestStore.bytes(number + "-" + "x".repeat(random.nextInt(200)));
            store.region.put(
                    new Put(row(thread, key))
                            .add(TestStore.F, TestStore.Q, number, value)
                            .add(TestStore.G, TestStore.Q, number, value));
            map.putLong(key * ENTRY + 8, number);
        }
    }
}
