package org.skep.lsmtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.time.Clock;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

/**
 * All columns of a row, in three families, are always written with one value: no reader may see
 * two, whatever is flushed and joined meanwhile.
 */
class RowAtomicityTest {
    private static final int SECONDS = Boolean.getBoolean("skep.witnesses") ? 1_800 : 5;
    private static final String[] FAMILIES = {"a", "b", "c"};
    private static final int COLUMNS = 20;
    private static final int ROWS = 3;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    private static Put put(int row, String value) {
        Put put = new Put(Cell.utf8("row" + row));
        for (String family : FAMILIES) {
            for (int i = 0; i < COLUMNS; i++) {
                put.add(Cell.utf8(family), Cell.utf8("q" + i), Cell.utf8(value));
            }
        }
        return put;
    }

    private void check(Result result) {
        assertThat(result.cells()).hasSize(FAMILIES.length * COLUMNS);
        byte[] value = result.cells().get(0).value();
        for (Cell cell : result.cells()) {
            if (!Arrays.equals(cell.value(), value)) {
                throw new AssertionError("Torn row: " + result.cells());
            }
        }
        read.incrementAndGet();
    }

    private Callable<Void> repeated(Callable<Void> action) {
        return () -> {
            try {
                while (!over.get()) {
                    action.call();
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
        TableDescriptor table = TableDescriptor.of(TableName.of("t"), families);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SkepSide side =
                new SkepSide(
                        table,
                        Clock.SYSTEM,
                        RegionOptions.DEFAULT.withoutBackground(),
                        new FaultyFileSystem("/store"))) {
            Region region = side.region();
            for (int row = 0; row < ROWS; row++) {
                region.put(put(row, "first"));
            }
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int writer = i;
                running.add(
                        threads.submit(
                                repeated(
                                        () -> {
                                            long count = written.incrementAndGet();
                                            region.put(
                                                    put(
                                                            (int) (count % ROWS),
                                                            writer + ":" + count));
                                            return null;
                                        })));
            }
            for (int i = 0; i < 2; i++) {
                running.add(
                        threads.submit(
                                repeated(
                                        () -> {
                                            check(region.get(new Get(Cell.utf8("row1"))));
                                            return null;
                                        })));
                running.add(threads.submit(repeated(() -> scan(region))));
            }
            running.add(
                    threads.submit(
                            repeated(
                                    () -> {
                                        region.flush();
                                        region.compact();
                                        return null;
                                    })));
            long end = System.nanoTime() + SECONDS * 1_000_000_000L;
            Future<Void> first = running.get(0);
            while (System.nanoTime() < end && !over.get()) {
                Thread.onSpinWait();
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
            }
            over.set(true);
            first.get();
            for (Future<Void> each : running) {
                each.get();
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
        System.out.printf("rows written %d, read %d%n", written.get(), read.get());
        assertThat(read.get()).isPositive();
    }

    private Void scan(Region region) {
        int rows = 0;
        try (Region.Rows found = region.scanner(new Scan())) {
            for (Result row = found.next(); row != null; row = found.next()) {
                check(row);
                rows++;
            }
        }
        assertThat(rows).isEqualTo(ROWS);
        return null;
    }
}
