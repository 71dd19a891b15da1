package org.skep.lsm.hfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.skep.base.io.FileSystem;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.schema.ColumnFamily;

/** Many threads read one file through a cache that is much too small for it. */
class ConcurrentReadTest {
    private static final int CELLS = 20_000;

    private static Cell cell(int i) {
        return TestCells.put("row%06d".formatted(2 * i), "q", 1, "value " + i);
    }

    @Test
    void readsRightlyWhileBlocksComeAndGo() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        FileSystem files = TestCells.memory();
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < CELLS; i++) {
            cells.add(cell(i));
        }
        TestCells.write(
                files,
                "/d/x",
                HFileOptions.of(ColumnFamily.named("f").withBlockSize(2048), 1, 1)
                        .withChunks(2048, 4096),
                cells);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (BlockCache cache = TestCells.cache(300 << 10)) {
            HFile file = HFile.open(files, "/d/x", cache);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                Random random = new Random(seed + t);
                Thread thread = new Thread(() -> work(file, cells, random), "reader-" + t);
                thread.setUncaughtExceptionHandler((which, e) -> failure.set(e));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(cache.statistics().evictions()).isPositive();
            assertThat(cache.statistics().hits()).isPositive();
            file.release();
            cache.assertNoPins();
        }
    }

    private static void work(HFile file, List<Cell> cells, Random random) {
        for (int round = 0; round < 3000; round++) {
            int i = random.nextInt(random.nextBoolean() ? 200 : CELLS);
            byte[] row = cells.get(i).row();
            boolean streams = random.nextInt(50) == 0;
            ReadMode mode = streams ? ReadMode.STREAM : ReadMode.RANDOM;
            if (!file.mayContainRow(row)) {
                throw new AssertionError("filter lost " + cells.get(i));
            }
            try (CellSource source = file.source(mode)) {
                check(source.seek(SeekKey.firstOfRow(row)), source, cells, i);
                for (int more = random.nextInt(streams ? 2_000 : 20);
                        more > 0 && i + 1 < CELLS;
                        more--) {
                    i++;
                    check(source.next(), source, cells, i);
                }
                if (i > 0 && random.nextInt(5) == 0) {
                    check(source.seekToPreviousRow(cells.get(i).row()), source, cells, i - 1);
                }
            }
        }
    }

    private static void check(boolean found, CellSource source, List<Cell> cells, int i) {
        if (!found || CellOrder.compareKeys(source.cell(), cells.get(i).view()) != 0) {
            throw new AssertionError(
                    "expected %s, found %s".formatted(cells.get(i), source.cell()));
        }
    }
}
