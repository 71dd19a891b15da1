package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.utf8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
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
import org.skep.lsm.store.check.StoreCheck;

/** Ten threads that write, read and change regions side by side. */
final class StormTest {
    private static final long SEED = Long.getLong("skep.seed", 20261123L);
    private static final int ROWS = 200;
    private static final int COLUMNS = 5;
    private static final byte[][] FAMILIES = {utf8("a"), utf8("b"), utf8("c")};

    @TempDir private Path path;
    private volatile boolean over;
    // The last value that each row was given for certain; a writer owns its rows.
    private final ConcurrentHashMap<Integer, Long> written = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();

    private RegionStoreOptions options() {
        return RegionStoreOptions.defaults()
                .withOwnership(TestStore.ANYBODY)
                .withMemory(MemoryPool.root("test", 512 << 20), 8 << 20)
                .withChoreInterval(Duration.ofMillis(100));
    }

    private static byte[] row(int number) {
        return utf8("row%05d".formatted(number * 13));
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(64).putLong(value).array();
    }

    private void write(Table table, int first, Random random) {
        while (!over) {
            int row = first + 4 * random.nextInt(ROWS / 4);
            long value = writes.incrementAndGet();
            Put put = new Put(row(row));
            for (byte[] family : FAMILIES) {
                for (byte column = 0; column < COLUMNS; column++) {
                    put.add(family, new byte[] {column}, number(value));
                }
            }
            table.put(put);
            written.put(row, value);
        }
    }

    // All cells of a row hold the same value.
    private static long valueOf(Result row) {
        assertThat(row.cells()).hasSize(FAMILIES.length * COLUMNS);
        long value = ByteBuffer.wrap(row.cells().get(0).value()).getLong();
        for (Cell cell : row.cells()) {
            assertThat(ByteBuffer.wrap(cell.value()).getLong()).isEqualTo(value);
        }
        return value;
    }

    private void get(Table table, Random random) {
        while (!over) {
            int row = random.nextInt(ROWS);
            Long least = written.get(row);
            Result found = table.get(new Get(row(row)));
            if (least != null) {
                assertThat(valueOf(found)).isGreaterThanOrEqualTo(least);
            }
            reads.incrementAndGet();
        }
    }

    private void scan(Table table, Random random) {
        while (!over) {
            boolean reversed = random.nextBoolean();
            int least = written.size();
            try (TableScanner scanner = table.scan(new Scan().reversed(reversed))) {
                byte[] last = null;
                int count = 0;
                for (Result row = scanner.next(); row != null; row = scanner.next()) {
                    valueOf(row);
                    if (last != null) {
                        int order = Arrays.compareUnsigned(last, row.row());
                        assertThat(reversed ? order > 0 : order < 0).isTrue();
                    }
                    last = row.row();
                    count++;
                }
                assertThat(count).isGreaterThanOrEqualTo(least);
            }
            reads.incrementAndGet();
        }
    }

    private void change(RegionStore store, Random random) {
        while (!over) {
            List<RegionInfo> regions = store.regions(GOODS);
            try {
                switch (random.nextInt(6)) {
                    case 0, 1 -> store.split(GOODS, row(random.nextInt(ROWS)));
                    case 2 -> {
                        if (regions.size() > 1) {
                            int at = random.nextInt(regions.size() - 1);
                            store.merge(regions.get(at), regions.get(at + 1));
                        }
                    }
                    case 3 -> store.flush(GOODS);
                    case 4 -> store.compact(GOODS);
                    default -> store.majorCompact(GOODS);
                }
                changes.incrementAndGet();
            } catch (SkepException e) {
                // Another thread changed the region first, or it begins with that row.
                assertThat(e.code()).isIn(ErrorCode.RUNTIME_ERROR, ErrorCode.INVALID_OPTION);
            }
        }
    }

    @Test
    void rowsStayWholeWhileRegionsChange() throws Exception {
        long seconds = Boolean.getBoolean("skep.witnesses") ? 120 : 6;
        try (RegionStore store =
                RegionStore.open(LocalFileSystem.INSTANCE, path.toString(), options())) {
            List<ColumnFamily> families = new ArrayList<>();
            for (byte[] family : FAMILIES) {
                families.add(ColumnFamily.named(TestStore.text(family)));
            }
            store.createTable(
                    new TableDescriptor(GOODS, families, Durability.SYNC_WAL, 256 << 10, 0),
                    row(ROWS / 2));
            Table table = store.table(GOODS);
            ExecutorService threads = NamedThreads.pool("storm", 10);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int first = i;
                running.add(threads.submit(() -> write(table, first, new Random(SEED + first))));
            }
            for (int i = 0; i < 2; i++) {
                Random random = new Random(SEED + 10 + i);
                running.add(threads.submit(() -> get(table, random)));
                running.add(threads.submit(() -> scan(table, random)));
                running.add(threads.submit(() -> change(store, random)));
            }
            try {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
                while (System.nanoTime() < deadline) {
                    Future<?> ended = ended(running);
                    if (ended != null) {
                        ended.get();
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                }
            } finally {
                over = true;
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertThat(store.stuckProcedures()).isEmpty();
            verify(table);
        }
        System.out.printf(
                "%d writes, %d reads, %d changes of regions, seed %d%n",
                writes.get(), reads.get(), changes.get(), SEED);
        assertThat(StoreCheck.check(LocalFileSystem.INSTANCE, path.toString(), options()))
                .isEmpty();
        try (RegionStore store =
                RegionStore.open(LocalFileSystem.INSTANCE, path.toString(), options())) {
            verify(store.table(GOODS));
        }
        assertThat(changes.get()).isPositive();
    }

    private static Future<?> ended(List<Future<?>> running) {
        return running.stream().filter(Future::isDone).findFirst().orElse(null);
    }

    private void verify(Table table) {
        written.forEach(
                (row, value) -> assertThat(valueOf(table.get(new Get(row(row))))).isEqualTo(value));
    }
}
