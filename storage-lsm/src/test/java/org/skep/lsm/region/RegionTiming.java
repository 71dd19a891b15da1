package org.skep.lsm.region;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.time.Clock;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;

/**
 * Measures one region: puts without and with syncs, gets and scans. Prints microseconds of CPU for
 * an operation, and operations a second. Arguments: directory, rows.
 */
public final class RegionTiming {
    private static final byte[] F = TestStore.F;
    private static final byte[] Q = TestStore.Q;

    private final TestStore store;
    private final int rows;
    private final byte[] value = new byte[100];

    private RegionTiming(TestStore store, int rows) {
        this.store = store;
        this.rows = rows;
        new Random(1).nextBytes(value);
    }

    /** Runs all phases. */
    public static void main(String[] arguments) throws Exception {
        Path directory =
                arguments.length > 0
                        ? Path.of(arguments[0])
                        : Files.createTempDirectory("region-timing");
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        TestStore store = open(directory, RegionOptions.DEFAULT);
        RegionTiming timing = new RegionTiming(store, rows);
        for (int round = 0; round < 2; round++) {
            timing.run("batch of 1000, no sync", rows, 1, timing::batches);
            timing.run("put, no sync", rows, 1, random -> timing.put(random, Durability.SYNC_WAL));
            timing.run("put, async", rows, 1, random -> timing.put(random, Durability.ASYNC_WAL));
            timing.run("put, no log", rows, 1, random -> timing.put(random, Durability.SKIP_WAL));
            timing.run(
                    "put, fsync, 32 threads",
                    100_000,
                    32,
                    random -> timing.put(random, Durability.FSYNC_WAL));
            timing.run(
                    "put, fsync, 1 thread",
                    2_000,
                    1,
                    random -> timing.put(random, Durability.FSYNC_WAL));
            timing.run("get, memory", rows, 1, timing::get);
            store.region.flush();
            timing.run("get, files", rows, 1, timing::get);
            timing.scan();
        }
        System.out.println(store.services.wal().status());
        store.close();
        replay(directory.resolve("replay"), 256 << 20);
    }

    // A log of so many bytes, and how long it takes until the region can be read again.
    private static void replay(Path directory, int bytes) throws Exception {
        Files.createDirectories(directory);
        RegionOptions options =
                RegionOptions.DEFAULT.withMemstoreLimit(1L << 30).withoutBackground();
        TestStore store = open(directory, options);
        RegionTiming timing = new RegionTiming(store, 2_000_000);
        while (store.services.wal().status().bytes() < bytes) {
            java.util.List<Put> puts = new java.util.ArrayList<>(100);
            for (int i = 0; i < 100; i++) {
                puts.add(new Put(timing.row(timing.next++)).add(F, Q, timing.value));
            }
            store.region.batch(puts);
        }
        store.abandon();
        for (int i = 0; i < 3; i++) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            TestStore again = open(directory, options);
            again.get("user1");
            print(
                    "replay of 256 MB",
                    timing.next,
                    System.nanoTime() - start,
                    ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
            again.abandon();
        }
    }

    private static TestStore open(Path directory, RegionOptions options) {
        return new TestStore(
                LocalFileSystem.INSTANCE,
                directory.toString(),
                options,
                Clock.SYSTEM,
                1L << 30,
                ColumnFamily.named("f"));
    }

    private interface Operation {
        void run(Random random);
    }

    private byte[] row(long number) {
        long hash = number * 0x9e3779b97f4a7c15L;
        byte[] row = "user000000000000".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        long digits = (hash >>> 16) % 1_000_000_000_000L;
        for (int i = 15; i >= 4; i--) {
            row[i] = (byte) ('0' + digits % 10);
            digits /= 10;
        }
        return row;
    }

    private void put(Random random, Durability durability) {
        store.region.put(
                new Put(row(random.nextInt(rows))).add(F, Q, value).durability(durability));
    }

    private int next;

    private void batches(Random random) {
        if (++next % 1000 != 0) {
            return;
        }
        java.util.List<Put> puts = new java.util.ArrayList<>(1000);
        for (int i = 0; i < 1000; i++) {
            puts.add(
                    new Put(row((next + i) % rows))
                            .add(F, Q, value)
                            .durability(Durability.SYNC_WAL));
        }
        store.region.batch(puts);
        if (store.region.memstoreBytes() > 200 << 20) {
            store.region.flush();
        }
    }

    private void get(Random random) {
        store.region.get(new Get(row(random.nextInt(rows))));
    }

    private void scan() {
        long cpu = cpu();
        long start = System.nanoTime();
        long cells = 0;
        try (Region.Rows found = store.region.scanner(new Scan())) {
            while (found.scanner().nextCell()) {
                cells++;
            }
        }
        print("scan", cells, System.nanoTime() - start, cpu() - cpu);
    }

    private static long cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadCpuTime();
    }

    private void run(String name, int count, int threads, Operation operation) throws Exception {
        CountDownLatch done = new CountDownLatch(threads);
        long[] cpu = new long[threads];
        long start = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            int id = t;
            Thread thread =
                    new Thread(
                            () -> {
                                Random random = new Random(id);
                                long before = cpu();
                                for (int i = 0; i < count / threads; i++) {
                                    operation.run(random);
                                }
                                cpu[id] = cpu() - before;
                                done.countDown();
                            });
            thread.start();
        }
        done.await();
        long total = 0;
        for (long each : cpu) {
            total += each;
        }
        print(name, count, System.nanoTime() - start, total);
        if (store.region.memstoreBytes() > 300 << 20) {
            store.region.flush();
        }
    }

    private static void print(String name, long count, long nanos, long cpu) {
        System.out.printf(
                "%-25s %10.0f/s  %6.2f us CPU%n", name, count * 1e9 / nanos, cpu / 1e3 / count);
    }
}
