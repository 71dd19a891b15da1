package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.compact.CompactionOptions;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.wal.Mvcc;
import org.skep.lsm.wal.WalOptions;

/**
 * Writers, readers, flushes and compactions at once. The system property {@code
 * skep.lsm.acid.seconds} says for how long.
 */
final class ConcurrencyTest {
    private static final int ROWS = 3;
    private static final int COLUMNS = 20;
    private static final String[] FAMILIES = {"f", "g", "h"};

    @TempDir private Path directory;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();

    private interface Work {
        void run(Random random) throws Exception;
    }

    private TestStore open() {
        return new TestStore(
                LocalFileSystem.INSTANCE,
                directory.toString(),
                RegionOptions.DEFAULT
                        .withWal(
                                WalOptions.DEFAULT
                                        .withRollBytes(1 << 20)
                                        .withKeptBytes(4 << 20)
                                        .withSyncInterval(Duration.ofMillis(50)))
                        .withCompaction(CompactionOptions.DEFAULT.withMinBytes(1 << 20)),
                ColumnFamily.named("f"),
                ColumnFamily.named("g"),
                ColumnFamily.named("h"));
    }

    private Thread start(int id, CountDownLatch done, Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            Random random = new Random(id);
                            try {
                                while (!stop.get() && failure.get() == null) {
                                    work.run(random);
                                }
                            } catch (Throwable e) {
                                failure.set(e);
                            } finally {
                                done.countDown();
                            }
                        });
        thread.start();
        return thread;
    }

    private static Put put(int row, String value, Durability durability) {
        Put put = new Put(TestStore.bytes("row" + row)).durability(durability);
        for (String family : FAMILIES) {
            for (int i = 0; i < COLUMNS; i++) {
                put.add(TestStore.bytes(family), TestStore.bytes("c" + i), TestStore.bytes(value));
            }
        }
        return put;
    }

    private void checkSingleValued(Result row) {
        Set<String> values = new HashSet<>();
        for (Cell cell : row.cells()) {
            values.add(new String(cell.value(), StandardCharsets.UTF_8));
        }
        assertThat(values)
                .as("values of " + new String(row.row(), StandardCharsets.UTF_8))
                .hasSize(1);
        assertThat(row.cells()).hasSize(FAMILIES.length * COLUMNS);
        reads.incrementAndGet();
    }

    @Test
    void everyReadSeesWholeWrites() throws Exception {
        TestStore store = open();
        for (int row = 0; row < ROWS; row++) {
            store.region.put(put(row, "first", Durability.FSYNC_WAL));
        }
        CountDownLatch done = new CountDownLatch(11);
        AtomicLong number = new AtomicLong();
        for (int i = 0; i < 6; i++) {
            Durability durability =
                    new Durability[] {
                                Durability.FSYNC_WAL, Durability.SYNC_WAL, Durability.ASYNC_WAL
                            }
                            [i % 3];
            start(
                    i,
                    done,
                    random ->
                            store.region.put(
                                    put(
                                            random.nextInt(ROWS),
                                            "v" + number.incrementAndGet(),
                                            durability)));
        }
        for (int i = 0; i < 2; i++) {
            start(
                    i,
                    done,
                    random ->
                            checkSingleValued(
                                    store.region.get(
                                            new Get(
                                                    TestStore.bytes(
                                                            "row" + random.nextInt(ROWS))))));
        }
        for (int i = 0; i < 2; i++) {
            boolean reversed = i == 1;
            start(i, done, random -> scan(store, reversed));
        }
        start(
                9,
                done,
                random -> {
                    store.region.flush();
                    if (random.nextInt(4) == 0) {
                        store.region.majorCompact();
                    }
                });
        long end = System.nanoTime() + Long.getLong("skep.lsm.acid.seconds", 3) * 1_000_000_000L;
        while (System.nanoTime() < end && failure.get() == null) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        stop.set(true);
        done.await();
        assertThat(failure.get()).isNull();
        assertThat(reads.get()).isPositive();
        store.closeAndCheckLeaks();
    }

    private void scan(TestStore store, boolean reversed) {
        int rows = 0;
        try (Region.Rows found = store.region.scanner(new Scan().reversed(reversed))) {
            for (Result row = found.next(); row != null; row = found.next()) {
                checkSingleValued(row);
                rows++;
            }
        }
        assertThat(rows).isEqualTo(ROWS);
    }

    @Test
    void scannerSeesNothingOfWhatComesLater() {
        TestStore store = open();
        for (int i = 0; i < 5; i++) {
            store.region.put(small("k" + i, "v"));
        }
        List<String> seen = new ArrayList<>();
        try (Region.Rows rows = store.region.scanner(new Scan())) {
            seen.add(text(rows.next()));
            store.region.put(small("k3", "NEW"));
            store.region.put(small("k9", "v"));
            store.region.put(new org.skep.lsm.operation.Delete(TestStore.bytes("k4")));
            store.region.flush();
            store.region.majorCompact();
            for (Result row = rows.next(); row != null; row = rows.next()) {
                seen.add(text(row));
            }
        }
        assertThat(seen).containsExactly("k0=v", "k1=v", "k2=v", "k3=v", "k4=v");
        store.closeAndCheckLeaks();
    }

    @Test
    void pinnedReadPointSeesTheSameAfterFlushesAndCompactions() {
        TestStore store = open();
        store.region.put(small("a", "1"));
        store.region.put(small("b", "1"));
        try (Mvcc.Pin pin = store.services.mvcc().pin()) {
            for (int i = 2; i < 6; i++) {
                store.region.put(small("a", "" + i));
                store.region.put(new org.skep.lsm.operation.Delete(TestStore.bytes("b")));
                store.region.flush();
                store.region.compact();
                assertThat(store.scan(new Scan().readPoint(pin.readPoint())))
                        .containsExactly("a/f:q=1", "b/f:q=1");
            }
            store.region.majorCompact();
            assertThat(store.scan(new Scan().readPoint(pin.readPoint())))
                    .containsExactly("a/f:q=1", "b/f:q=1");
        }
        assertThat(store.scan()).containsExactly("a/f:q=5");
        store.closeAndCheckLeaks();
    }

    private static Put small(String row, String value) {
        return new Put(TestStore.bytes(row))
                .add(TestStore.F, TestStore.Q, TestStore.bytes(value))
                .durability(Durability.SYNC_WAL);
    }

    private static String text(Result row) {
        return new String(row.row(), StandardCharsets.UTF_8)
                + "="
                + new String(row.cells().get(0).value(), StandardCharsets.UTF_8);
    }
}
