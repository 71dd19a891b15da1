package org.skep.lsmtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.RegionStore;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.Table;
import org.skep.lsm.store.TableScanner;

/**
 * All columns of a row, in three families, are always written with one value: no reader may see
 * two, whatever is flushed, joined, split and merged meanwhile. How long is the property {@code
 * skep.atomicity.seconds}.
 */
class RowAtomicityTest {
    private static final int SECONDS =
            Integer.getInteger(
                    "skep.atomicity.seconds", Boolean.getBoolean("skep.witnesses") ? 20 : 4);
    private static final TableName NAME = TableName.of("t");
    private static final String[] FAMILIES = {"a", "b", "c"};
    private static final int COLUMNS = 20;
    private static final int ROWS = 3;
    private static final int WRITERS = 10;
    private static final int GETTERS = 2;
    private static final int SCANNERS = 2;

    @TempDir private Path directory;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong got = new AtomicLong();
    private final AtomicLong scanned = new AtomicLong();
    private final AtomicLong reshaped = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();

    private static byte[] row(long number) {
        return Cell.utf8("row" + number);
    }

    private static Put put(long row, String value) {
        Put put = new Put(row(row));
        for (String family : FAMILIES) {
            for (int i = 0; i < COLUMNS; i++) {
                put.add(Cell.utf8(family), Cell.utf8("q" + i), Cell.utf8(value));
            }
        }
        return put;
    }

    private static void check(Result result) {
        assertThat(result.cells()).hasSize(FAMILIES.length * COLUMNS);
        byte[] value = result.cells().get(0).value();
        for (Cell cell : result.cells()) {
            if (!Arrays.equals(cell.value(), value)) {
                throw new AssertionError("Torn row: " + result.cells());
            }
        }
    }

    private Callable<Void> repeated(Runnable action) {
        return () -> {
            try {
                while (!over.get()) {
                    action.run();
                }
                return null;
            } finally {
                // One failure ends all.
                over.set(true);
            }
        };
    }

    @Test
    void neverShowsATornRow() throws Exception {
        ColumnFamily[] families =
                Arrays.stream(FAMILIES).map(ColumnFamily::named).toArray(ColumnFamily[]::new);
        RegionStoreOptions options =
                RegionStoreOptions.defaults()
                        .withMemory(MemoryPool.root("atomicity", 512L << 20), 8L << 20)
                        .withoutBackground();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (RegionStore store =
                RegionStore.open(
                        LocalFileSystem.INSTANCE, directory.resolve("store").toString(), options)) {
            store.createTable(
                    new TableDescriptor(
                            NAME,
                            List.of(families),
                            Durability.SYNC_WAL,
                            TableDescriptor.DEFAULT_FLUSH_SIZE,
                            0));
            storm(store, threads);
        } finally {
            over.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        System.out.printf(
                "rows written %d, got %d, scanned %d; flushed and joined %d times, regions split"
                        + " and merged %d times%n",
                written.get(), got.get(), scanned.get(), reshaped.get(), cut.get());
        assertThat(List.of(written.get(), got.get(), scanned.get(), reshaped.get(), cut.get()))
                .allMatch(count -> count > 0);
    }

    private void storm(RegionStore store, ExecutorService threads) throws Exception {
        Table table = store.table(NAME);
        for (int row = 0; row < ROWS; row++) {
            table.put(put(row, "first"));
        }
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            running.add(threads.submit(repeated(() -> write(table, writer))));
        }
        for (int i = 0; i < GETTERS; i++) {
            Random random = new Random(i);
            running.add(threads.submit(repeated(() -> get(table, random))));
        }
        for (int i = 0; i < SCANNERS; i++) {
            boolean reversed = i == 1;
            running.add(threads.submit(repeated(() -> scan(table, reversed))));
        }
        running.add(threads.submit(repeated(() -> reshape(store))));
        running.add(threads.submit(repeated(() -> cut(store))));
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end && !over.get()) {
            LockSupport.parkNanos(10_000_000);
        }
        over.set(true);
        // What one thread fails with may be what another one broke.
        ExecutionException failure = null;
        for (Future<Void> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void write(Table table, int writer) {
        long count = written.incrementAndGet();
        table.put(put(count % ROWS, writer + ":" + count));
    }

    private void get(Table table, Random random) {
        check(table.get(new Get(row(random.nextInt(ROWS)))));
        got.incrementAndGet();
    }

    private void scan(Table table, boolean reversed) {
        int rows = 0;
        try (TableScanner found = table.scan(new Scan().reversed(reversed))) {
            for (Result row = found.next(); row != null; row = found.next()) {
                check(row);
                rows++;
            }
        }
        assertThat(rows).isEqualTo(ROWS);
        scanned.addAndGet(rows);
    }

    private void reshape(RegionStore store) {
        store.flush(NAME);
        if (reshaped.incrementAndGet() % 8 == 0) {
            store.majorCompact(NAME);
        } else {
            store.compact(NAME);
        }
        store.runChores();
    }

    /** Splits and merges, so that each row changes its region again and again. */
    private void cut(RegionStore store) {
        List<RegionInfo> regions = store.regions(NAME);
        if (regions.size() < ROWS) {
            store.split(NAME, row(regions.size()));
        } else {
            for (int i = 1; i < ROWS; i++) {
                List<RegionInfo> now = store.regions(NAME);
                store.merge(now.get(0), now.get(1));
            }
        }
        cut.incrementAndGet();
        LockSupport.parkNanos(20_000_000);
    }
}
