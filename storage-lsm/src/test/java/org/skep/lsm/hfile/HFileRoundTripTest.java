package org.skep.lsm.hfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;

/** What was written is read again, by every way there is, whatever the options. */
class HFileRoundTripTest {
    private static final byte[] START = {};

    @Test
    void readsWhatWasWrittenWithAnyOptions() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            boolean tags = random.nextBoolean();
            HFileOptions options =
                    HFileOptions.of(TestCells.randomFamily(random), 77, 5)
                            .withChunks(64 << random.nextInt(6), 64 << random.nextInt(6));
            options = tags ? options : options.withoutTags();
            boolean sequences = random.nextInt(4) > 0;
            options = sequences ? options : options.withoutSequences();
            List<Cell> cells =
                    TestCells.random(
                            random, random.nextInt(1500), tags, random.nextInt(6) == 0 ? 3000 : 40);
            FileSystem files = TestCells.memory();
            HFileMetadata written = TestCells.write(files, "/d/x", options, cells);
            try (BlockCache cache = TestCells.cache(random.nextInt(3) * (300L << 10))) {
                HFile file = HFile.open(files, "/d/x", cache);
                checkMetadata(file.metadata(), written, cells);
                file.verify();
                byte[] start = random.nextInt(3) == 0 ? TestCells.row(random, 3) : START;
                byte[] stop = random.nextInt(3) == 0 ? TestCells.row(random, 3) : START;
                HFile part = file.rows(start, stop);
                List<Cell> model =
                        cells.stream()
                                .filter(c -> Bytes.compare(c.row(), start) >= 0)
                                .filter(c -> stop.length == 0 || Bytes.compare(c.row(), stop) < 0)
                                .toList();
                for (ReadMode mode : ReadMode.values()) {
                    checkAll(part, mode, model, sequences);
                    checkColumns(part, mode, model, sequences ? random.nextLong() >>> 1 : 0);
                    checkMoves(part, mode, model, random);
                }
                checkFilters(file, cells, random);
                file.release();
                cache.assertNoPins();
            }
        }
    }

    @Test
    void takesWhatIsInTheCacheWithoutReading() {
        List<Cell> cells = TestCells.random(new Random(1), 3_000, false, 100);
        for (Compression compression : List.of(Compression.NONE, Compression.GZ)) {
            FaultyFileSystem files = new FaultyFileSystem("/d");
            HFileOptions options =
                    HFileOptions.of(
                            ColumnFamily.named("f")
                                    .withBlockSize(1 << 10)
                                    .withBloomType(BloomType.NONE)
                                    .withCompression(compression),
                            77,
                            5);
            TestCells.write(files, "/d/x", options, cells);
            try (BlockCache cache = TestCells.cache(4 << 20)) {
                HFile file = HFile.open(files, "/d/x", cache);
                byte[] middle = cells.get(2_000).row();
                int half = TestCells.lowerBound(cells, SeekKey.firstOfRow(middle));
                checkAll(file.rows(START, middle), ReadMode.RANDOM, cells.subList(0, half), true);
                checkAll(file, ReadMode.STREAM, cells, true);
                files.cutPower();
                assertThatThrownBy(() -> checkAll(file, ReadMode.STREAM, cells, true))
                        .isInstanceOf(FaultyFileSystem.PowerCut.class);
                files.restart(FaultyFileSystem.Survival.ALL, new Random(1));
                checkAll(file, ReadMode.RANDOM, cells, true);
                files.cutPower();
                checkAll(file, ReadMode.STREAM, cells, true);
                file.release();
                cache.assertNoPins();
            }
        }
    }

    private static void checkMetadata(
            HFileMetadata opened, HFileMetadata written, List<Cell> cells) {
        assertThat(opened)
                .usingRecursiveComparison()
                .ignoringFields("maxCellSequence")
                .isEqualTo(written);
        assertThat(opened.entries()).isEqualTo(cells.size());
        assertThat(opened.maxSequence()).isEqualTo(77);
        if (!cells.isEmpty()) {
            assertThat(opened.firstRow()).isEqualTo(cells.get(0).row());
            assertThat(opened.lastRow()).isEqualTo(cells.get(cells.size() - 1).row());
            assertThat(opened.minTimestamp())
                    .isEqualTo(
                            cells.stream()
                                    .mapToLong(HFileRoundTripTest::leastConcerned)
                                    .min()
                                    .orElseThrow());
            assertThat(opened.deletes())
                    .isEqualTo(cells.stream().filter(c -> c.type() != CellType.PUT).count());
            assertThat(opened.rows())
                    .isEqualTo(
                            cells.stream().map(c -> Arrays.toString(c.row())).distinct().count());
        }
    }

    private static void checkColumns(HFile file, ReadMode mode, List<Cell> model, long readPoint) {
        try (CellSource source = file.source(mode)) {
            boolean more = source.seek(SeekKey.firstOfRow(START));
            for (Cell cell : model) {
                assertThat(more).isTrue();
                Cell before = Cell.copyOf(source.cell());
                assertThat(before).isEqualTo(cell);
                if (source.nextColumn(readPoint)) {
                    Cell now = Cell.copyOf(source.cell());
                    assertThat(now.row()).isEqualTo(before.row());
                    assertThat(now.type()).isEqualTo(CellType.PUT);
                    assertThat(now.tags()).isEmpty();
                    assertThat(Bytes.compare(now.qualifier(), before.qualifier())).isPositive();
                    assertThat(now.sequence()).isLessThanOrEqualTo(readPoint);
                } else {
                    more = source.next();
                }
            }
            assertThat(more).isFalse();
        }
    }

    @Test
    void writesColumnsThatAreKnownToBeLaterTheSameWay() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int known = 0;
        int all = 0;
        for (int round = 0; round < 60; round++) {
            HFileOptions options =
                    HFileOptions.of(TestCells.randomFamily(random), 77, 5)
                            .withChunks(64 << random.nextInt(6), 64 << random.nextInt(6));
            options = random.nextBoolean() ? options : options.withoutSequences();
            List<Cell> cells = TestCells.random(random, random.nextInt(1500), true, 40);
            FileSystem files = TestCells.memory();
            HFileMetadata written = TestCells.write(files, "/d/x", options, cells);
            HFileMetadata quickly;
            try (HFileWriter writer = HFileWriter.create(files, "/d/y", options)) {
                Cell before = null;
                for (Cell cell : cells) {
                    if (before != null && isLaterColumn(before, cell) && random.nextInt(8) > 0) {
                        writer.appendColumn(cell.view());
                        known++;
                    } else {
                        writer.append(cell.view());
                    }
                    before = cell;
                }
                quickly = writer.finish();
            }
            all += cells.size();
            assertThat(quickly)
                    .usingRecursiveComparison()
                    .ignoringFields("path")
                    .isEqualTo(written);
            assertThat(bytes(files, "/d/y")).isEqualTo(bytes(files, "/d/x"));
        }
        // A file of few cells may have none.
        assertThat(known).isGreaterThan(all / 50);
    }

    private static boolean isLaterColumn(Cell before, Cell cell) {
        return Arrays.equals(before.row(), cell.row())
                && cell.type() == CellType.PUT
                && cell.tags().length == 0
                && Bytes.compare(cell.qualifier(), before.qualifier()) > 0;
    }

    private static byte[] bytes(FileSystem files, String path) {
        try (InputFile file = files.open(path)) {
            byte[] bytes = new byte[(int) file.length()];
            file.readFully(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    /** What a cell concerns goes down to 0 for markers that hide what is older. */
    private static long leastConcerned(Cell cell) {
        return cell.type() == CellType.DELETE_COLUMN || cell.type() == CellType.DELETE_FAMILY
                ? Math.min(0, cell.timestamp())
                : cell.timestamp();
    }

    private static void checkAll(HFile file, ReadMode mode, List<Cell> model, boolean sequences) {
        try (CellSource source = file.source(mode)) {
            assertThat(source.next()).isFalse();
            boolean more = source.seek(SeekKey.firstOfRow(START));
            for (Cell cell : model) {
                assertThat(more).isTrue();
                Cell found = Cell.copyOf(source.cell());
                assertThat(found).isEqualTo(cell);
                assertThat(found.sequence()).isEqualTo(sequences ? cell.sequence() : 0);
                more = source.next();
            }
            assertThat(more).isFalse();
            assertThat(source.next()).isFalse();
            assertThat(source.advance(SeekKey.lastOfRow(new byte[] {1}))).isFalse();
        }
    }

    private static void checkMoves(HFile file, ReadMode mode, List<Cell> model, Random random) {
        try (CellSource source = file.source(mode)) {
            int at = model.size();
            for (int move = 0; move < 150; move++) {
                switch (random.nextInt(6)) {
                    case 0 -> {
                        SeekKey key = randomKey(model, random, 0);
                        at = TestCells.lowerBound(model, key);
                        check(source, source.seek(key), model, at);
                    }
                    case 1 -> {
                        if (at < model.size()) {
                            SeekKey key = randomKey(model, random, at);
                            at = Math.max(at, TestCells.lowerBound(model, key));
                            check(source, source.advance(key), model, at);
                        }
                    }
                    case 2 -> {
                        at = Math.min(model.size(), at + 1);
                        check(source, source.next(), model, at);
                    }
                    case 3, 4 -> {
                        if (source.nextColumn(Long.MAX_VALUE)) {
                            at++;
                            check(source, true, model, at);
                            assertThat(model.get(at).row()).isEqualTo(model.get(at - 1).row());
                        }
                    }
                    default -> {
                        byte[] row =
                                random.nextInt(5) == 0
                                        ? START
                                        : randomKey(model, random, 0).view().row();
                        at = rowBefore(model, row);
                        check(source, source.seekToPreviousRow(row), model, at);
                    }
                }
            }
        }
    }

    // The place of the first cell of the greatest row before one; the end if there is none.
    private static int rowBefore(List<Cell> model, byte[] row) {
        int end =
                row.length == 0
                        ? model.size()
                        : TestCells.lowerBound(model, SeekKey.firstOfRow(row));
        return end == 0
                ? model.size()
                : TestCells.lowerBound(model, SeekKey.firstOfRow(model.get(end - 1).row()));
    }

    private static SeekKey randomKey(List<Cell> model, Random random, int from) {
        if (model.isEmpty() || random.nextInt(4) == 0) {
            byte[] row = TestCells.row(random, 3);
            return random.nextBoolean() ? SeekKey.firstOfRow(row) : SeekKey.lastOfRow(row);
        }
        int near = random.nextBoolean() ? Math.min(model.size() - 1, from + random.nextInt(30)) : 0;
        Cell cell = model.get(near > 0 ? near : random.nextInt(model.size()));
        return switch (random.nextInt(5)) {
            case 0 -> SeekKey.firstOfRow(cell.row());
            case 1 -> SeekKey.lastOfRow(cell.row());
            case 2 -> SeekKey.firstOfColumn(cell.row(), TestCells.FAMILY, cell.qualifier());
            case 3 -> SeekKey.of(cell.row(), TestCells.FAMILY, cell.qualifier(), 2, 4);
            default -> TestCells.key(cell);
        };
    }

    private static void check(CellSource source, boolean found, List<Cell> model, int at) {
        assertThat(found).isEqualTo(at < model.size());
        if (found) {
            assertThat(CellOrder.compareKeys(source.cell(), model.get(at).view()))
                    .as("%s against %s", source.cell(), model.get(at))
                    .isZero();
        }
    }

    private static void checkFilters(HFile file, List<Cell> cells, Random random) {
        for (Cell cell : cells) {
            assertThat(file.mayContainRow(cell.row())).isTrue();
            assertThat(file.mayContain(cell.row(), cell.qualifier())).isTrue();
            if (cell.type() == CellType.DELETE_FAMILY) {
                assertThat(file.mayContainDeleteFamily(cell.row())).isTrue();
            }
        }
        if (file.bloomType() == BloomType.NONE) {
            return;
        }
        int wrong = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] row = new byte[20];
            random.nextBytes(row);
            wrong += file.mayContain(row, row) ? 1 : 0;
        }
        assertThat(wrong).isLessThan(100);
    }
}
