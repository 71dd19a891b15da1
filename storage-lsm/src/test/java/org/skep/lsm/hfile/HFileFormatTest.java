package org.skep.lsm.hfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;

/** The bytes of a file, and files of extreme shapes. */
class HFileFormatTest {
    private static final byte[] START = {};
    private static final ColumnFamily FAMILY = ColumnFamily.named("f");

    private final FileSystem files = TestCells.memory();

    private byte[] bytes(String path, long from, int length) {
        try (InputFile file = files.open(path)) {
            byte[] bytes = new byte[length];
            file.readFully(from, bytes, 0, length);
            return bytes;
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void writesABlockAsHBaseDoes() {
        TestCells.write(
                files,
                "/d/x",
                HFileOptions.of(FAMILY.withEncoding(BlockEncoding.NONE), 0, 0).withoutTags(),
                List.of(TestCells.put("row00000000", "q", 0x18bcfe56800L, "value-0")));
        int cell = 8 + 0x19 + 7 + 1;
        assertThat(hex(bytes("/d/x", 0, 33 + cell)))
                .isEqualTo(
                        "44415441424c4b2a"
                                + "0000002d"
                                + "00000029"
                                + "ffffffffffffffff"
                                + "02"
                                + "00004000"
                                + "0000004a"
                                + "00000019"
                                + "00000007"
                                + "000b726f773030303030303030"
                                + "0166"
                                + "71"
                                + "0000018bcfe56800"
                                + "04"
                                + "76616c75652d30"
                                + "00");
    }

    @Test
    void writesARowIndexBehindTheCells() {
        TestCells.write(
                files,
                "/d/x",
                HFileOptions.of(FAMILY, 0, 0).withoutTags().withoutSequences(),
                List.of(
                        TestCells.put("a", "p", 1, "v"),
                        TestCells.put("a", "q", 1, "v"),
                        TestCells.put("b", "q", 1, "v")));
        int cell = 8 + 15 + 1;
        byte[] block = bytes("/d/x", 0, 33 + 2 + 3 * cell + 16);
        assertThat(new String(block, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("DATABLKE");
        assertThat(hex(Arrays.copyOfRange(block, 33, 35))).isEqualTo("0007");
        assertThat(hex(Arrays.copyOfRange(block, 35 + 3 * cell, block.length)))
                .isEqualTo("00000002" + "00000000" + "00000030" + "00000048");
    }

    @Test
    void endsWithATrailerThatHBaseKnows() {
        TestCells.write(
                files,
                "/d/x",
                HFileOptions.of(FAMILY, 0, 0),
                List.of(TestCells.put("a", "p", 1, "v")));
        long length = files.status("/d/x").orElseThrow().length();
        byte[] trailer = bytes("/d/x", length - 4096, 4096);
        assertThat(new String(trailer, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("TRABLK\"$");
        assertThat(hex(Arrays.copyOfRange(trailer, 4092, 4096))).isEqualTo("03000003");
        assertThat(new String(trailer, StandardCharsets.ISO_8859_1))
                .contains("org.apache.hadoop.hbase.KeyValue$KVComparator");
    }

    @Test
    void hashesAsHBaseDoes() {
        assertThat(murmur("", 0)).isEqualTo(0);
        assertThat(murmur("a", 0)).isEqualTo(-1838653602);
        assertThat(murmur("ab", 42)).isEqualTo(-439107764);
        assertThat(murmur("abc", 0)).isEqualTo(324500635);
        assertThat(murmur("row00000000", 42)).isEqualTo(1757996562);
        assertThat(murmur("\u00ff\u00fe\u00fd", 0)).isEqualTo(-484426965);
    }

    private static int murmur(String text, int seed) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Murmur2.hash(bytes, 0, bytes.length, seed);
    }

    @Test
    void sizesFiltersAsHBaseDoes() {
        BloomWriter bloom = new BloomWriter(128 << 10, 0.01f);
        assertThat(bloom.hashes()).isEqualTo(7);
        assertThat(bloom.maxKeysPerChunk()).isEqualTo(109306);
    }

    @Test
    void holdsNothing() {
        HFileMetadata metadata =
                TestCells.write(files, "/d/x", HFileOptions.of(FAMILY, 9, 0), List.of());
        assertThat(metadata.empty()).isTrue();
        try (BlockCache cache = TestCells.cache(1 << 20)) {
            HFile file = HFile.open(files, "/d/x", cache);
            file.verify();
            assertThat(file.maxSequence()).isEqualTo(9);
            assertThat(file.mayContainRow(new byte[] {1})).isFalse();
            assertThat(file.mayContainRows(START, START)).isFalse();
            assertThat(file.midRow()).isEmpty();
            for (ReadMode mode : ReadMode.values()) {
                try (CellSource source = file.source(mode)) {
                    assertThat(source.seek(SeekKey.firstOfRow(START))).isFalse();
                    assertThat(source.seekToPreviousRow(START)).isFalse();
                    assertThat(source.next()).isFalse();
                }
            }
            file.release();
            cache.assertNoPins();
        }
    }

    @Test
    void holdsValuesOfTenMegabytes() {
        byte[] large = new byte[10 << 20];
        Arrays.fill(large, (byte) 7);
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cells.add(TestCells.put("a" + i, "q", 1, "small"));
            cells.add(
                    Cell.of(
                            Cell.utf8("b" + i),
                            TestCells.FAMILY,
                            START,
                            1,
                            CellType.PUT,
                            i == 1 ? new byte[300_000] : large));
        }
        List<Cell> sorted = TestCells.sort(cells);
        TestCells.write(files, "/d/x", HFileOptions.of(FAMILY, 9, 0), sorted);
        try (BlockCache cache = TestCells.cache(4 << 20)) {
            HFile file = HFile.open(files, "/d/x", cache);
            for (ReadMode mode : ReadMode.values()) {
                try (CellSource source = file.source(mode)) {
                    boolean more = source.seek(SeekKey.firstOfRow(START));
                    for (Cell cell : sorted) {
                        assertThat(more).isTrue();
                        assertThat(Cell.copyOf(source.cell())).isEqualTo(cell);
                        more = source.next();
                    }
                    assertThat(more).isFalse();
                    assertThat(source.seekToPreviousRow(Cell.utf8("b2"))).isTrue();
                    assertThat(source.cell().valueLength()).isEqualTo(300_000);
                }
            }
            file.verify();
            file.release();
            cache.assertNoPins();
        }
    }

    @Test
    void holdsARowOfManyColumns() {
        int columns = 100_000;
        HFileOptions options =
                HFileOptions.of(FAMILY.withBloomType(BloomType.ROWCOL).withBlockSize(4096), 9, 0)
                        .withChunks(4096, 4096);
        try (HFileWriter writer = HFileWriter.create(files, "/d/x", options)) {
            writer.append(TestCells.put("a", "q", 1, "first").view());
            for (int i = 0; i < columns; i++) {
                writer.append(column(i).view());
            }
            writer.append(TestCells.put("z", "q", 1, "last").view());
            HFileMetadata metadata = writer.finish();
            assertThat(metadata.rows()).isEqualTo(3);
            assertThat(metadata.columns()).isEqualTo(columns + 2);
            assertThat(metadata.oneVersionPerColumn()).isTrue();
        }
        try (BlockCache cache = TestCells.cache(2 << 20)) {
            HFile file = HFile.open(files, "/d/x", cache);
            assertThat(file.midRow()).hasValue(Cell.utf8("wide"));
            for (ReadMode mode : ReadMode.values()) {
                checkWideRow(file, mode, columns);
            }
            assertThat(file.mayContain(Cell.utf8("wide"), Cell.utf8("c00077"))).isTrue();
            file.verify();
            file.release();
            cache.assertNoPins();
        }
    }

    private static Cell column(int i) {
        return TestCells.put("wide", "c%05d".formatted(i), 1, "v" + i);
    }

    private static void checkWideRow(HFile file, ReadMode mode, int columns) {
        try (CellSource source = file.source(mode)) {
            assertThat(source.seek(SeekKey.firstOfRow(Cell.utf8("wide")))).isTrue();
            CellView cell = source.cell();
            for (int i = 0; i < columns; i += 997) {
                Cell expected = column(i);
                assertThat(source.advance(TestCells.key(expected))).isTrue();
                assertThat(Cell.copyOf(cell)).isEqualTo(expected);
            }
            assertThat(source.advance(SeekKey.lastOfRow(Cell.utf8("wide")))).isTrue();
            assertThat(cell.hasRow(Cell.utf8("z"))).isTrue();
            assertThat(source.seekToPreviousRow(Cell.utf8("z"))).isTrue();
            assertThat(Cell.copyOf(cell)).isEqualTo(column(0));
            assertThat(source.seekToPreviousRow(Cell.utf8("wide"))).isTrue();
            assertThat(cell.hasRow(Cell.utf8("a"))).isTrue();
        }
    }

    @Test
    void holdsEveryByte() {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            for (int j = 0; j < 256; j += 5) {
                cells.add(
                        Cell.of(
                                new byte[] {(byte) i, (byte) j},
                                TestCells.FAMILY,
                                new byte[] {(byte) j},
                                1,
                                CellType.PUT,
                                new byte[] {(byte) i}));
            }
        }
        List<Cell> sorted = TestCells.sort(cells);
        TestCells.write(files, "/d/x", HFileOptions.of(FAMILY.withBlockSize(512), 9, 0), sorted);
        try (BlockCache cache = TestCells.cache(1 << 20)) {
            HFile file = HFile.open(files, "/d/x", cache);
            try (CellSource source = file.source(ReadMode.RANDOM)) {
                for (Cell cell : sorted) {
                    assertThat(file.mayContainRow(cell.row())).isTrue();
                    assertThat(source.seek(SeekKey.firstOfRow(cell.row()))).isTrue();
                    assertThat(Cell.copyOf(source.cell())).isEqualTo(cell);
                }
            }
            file.release();
        }
    }

    @Test
    void givesAssignedSequencesAndOwnInformation() {
        try (HFileWriter writer =
                HFileWriter.create(files, "/d/x", HFileOptions.of(FAMILY, 9, 0).asMajor())) {
            writer.append(TestCells.sequenced(TestCells.put("a", "q", 1, "v"), 5).view());
            writer.info("zone", new byte[] {1, 2});
            assertThatThrownBy(() -> writer.info("hfile.x", START))
                    .isInstanceOf(IllegalArgumentException.class);
            writer.finish();
        }
        try (BlockCache cache = TestCells.cache(1 << 20)) {
            HFile file = HFile.open(files, "/d/x", cache);
            assertThat(file.info("zone")).hasValue(new byte[] {1, 2});
            assertThat(file.metadata().major()).isTrue();
            assertThat(file.metadata().maxCellSequence()).isEqualTo(5);
            HFile loaded = file.withSequence(33);
            assertThat(loaded.maxSequence()).isEqualTo(33);
            try (CellSource source = loaded.source(ReadMode.STREAM)) {
                assertThat(source.seek(SeekKey.firstOfRow(START))).isTrue();
                assertThat(source.cell().sequence()).isEqualTo(33);
            }
            file.release();
            assertThatThrownBy(() -> file.source(ReadMode.RANDOM))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesCellsOutOfOrderAndTagsUnannounced() {
        try (HFileWriter writer =
                HFileWriter.create(files, "/d/x", HFileOptions.of(FAMILY, 9, 0).withoutTags())) {
            writer.append(TestCells.put("b", "q", 1, "v").view());
            assertThatThrownBy(() -> writer.append(TestCells.put("a", "q", 1, "v").view()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("out of order");
            Cell tagged =
                    Cell.of(
                            Cell.utf8("c"),
                            TestCells.FAMILY,
                            START,
                            1,
                            CellType.PUT,
                            START,
                            new byte[] {0, 1, 8});
            assertThatThrownBy(() -> writer.append(tagged.view()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesEncodingsAndCompressionsThatItDoesNotWrite() {
        assertThatThrownBy(
                        () ->
                                HFileWriter.create(
                                        files,
                                        "/d/x",
                                        HFileOptions.of(
                                                FAMILY.withEncoding(BlockEncoding.DIFF), 9, 0)))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED));
        assertThat(files.status("/d/x")).isEmpty();
    }
}
