package org.skep.lsm.hfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.schema.ColumnFamily;

/** No damage passes for data: it is reported with file and offset, or does no harm. */
class DamagedFileTest {
    private static final byte[] START = {};
    private static final List<ReadMode> MODES = List.of(ReadMode.values());

    private static final int FLIPS =
            Integer.getInteger(
                    "skep.lsm.hfile.flips", Boolean.getBoolean("skep.witnesses") ? 1_000 : 360);

    private final FileSystem files = TestCells.memory();
    private int copies;

    private byte[] bytesOf(String path) {
        try (InputFile file = files.open(path)) {
            byte[] bytes = new byte[(int) file.length()];
            file.readFully(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    private String copy(byte[] bytes, int length) {
        String path = "/d/copy" + copies++;
        try (OutputFile file = files.create(path)) {
            file.write(bytes, 0, length);
        }
        return path;
    }

    private static List<Cell> scan(HFile file, ReadMode mode) {
        List<Cell> cells = new ArrayList<>();
        try (CellSource source = file.source(mode)) {
            boolean more = source.seek(SeekKey.firstOfRow(START));
            while (more) {
                cells.add(Cell.copyOf(source.cell()));
                more = source.next();
            }
        }
        return cells;
    }

    // What a reader sees of a file; null if it was refused.
    private List<Cell> read(String path, ReadMode mode, List<Cell> expected) {
        return read(path, mode, expected, ChecksumRule.EQUAL);
    }

    private List<Cell> read(String path, ReadMode mode, List<Cell> expected, ChecksumRule rule) {
        try (BlockCache cache = TestCells.cache(1L << 20)) {
            HFile file = null;
            try {
                file = HFile.open(files, path, cache, rule);
                for (int i = 0; i < expected.size(); i += 17) {
                    assertThat(file.mayContainRow(expected.get(i).row())).isTrue();
                }
                return scan(file, mode);
            } catch (SkepException e) {
                assertThat(e.code()).isIn(ErrorCode.CORRUPT_FILE, ErrorCode.NOT_SUPPORTED);
                assertThat(e.getMessage()).contains(path);
                return null;
            } finally {
                if (file != null) {
                    file.release();
                }
                cache.assertNoPins();
            }
        }
    }

    private boolean passesCheck(String path, ChecksumRule rule) {
        try (BlockCache cache = TestCells.cache(1L << 20)) {
            HFile file = HFile.open(files, path, cache, rule);
            try {
                file.verify();
                return true;
            } finally {
                file.release();
            }
        } catch (SkepException e) {
            assertThat(e.code()).isIn(ErrorCode.CORRUPT_FILE, ErrorCode.NOT_SUPPORTED);
            return false;
        }
    }

    // Flips bits, one at a time, in six files; what passed for data or made something else fail.
    private List<String> unnoticedFlips(long seed, int flips, ChecksumRule rule) {
        Random random = new Random(seed);
        List<String> unnoticed = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            List<Cell> cells = TestCells.random(random, 300, true, 40);
            HFileOptions options =
                    HFileOptions.of(TestCells.randomFamily(random), 7, 5).withChunks(256, 256);
            String path = "/d/whole" + round;
            TestCells.write(files, path, options, cells);
            byte[] whole = bytesOf(path);
            for (int flip = 0; flip < flips / 6; flip++) {
                int bit = random.nextInt(whole.length * 8);
                byte[] damaged = whole.clone();
                damaged[bit >> 3] ^= (byte) (1 << (bit & 7));
                String copy = copy(damaged, damaged.length);
                ReadMode mode = MODES.get(flip % 3);
                String flipped =
                        "seed %d, bit %d of %d, %s".formatted(seed, bit, whole.length * 8, mode);
                try {
                    List<Cell> seen = read(copy, mode, cells, rule);
                    if (seen != null && !seen.equals(cells)) {
                        unnoticed.add(flipped);
                    } else if (passesCheck(copy, rule)) {
                        unnoticed.add(flipped + ", by the check");
                    }
                } catch (AssertionError | RuntimeException e) {
                    unnoticed.add(flipped + ": " + e);
                }
                files.delete(copy);
            }
            files.delete(path);
        }
        return unnoticed;
    }

    @Test
    void reportsEveryFlippedBit() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        assertThat(unnoticedFlips(seed, FLIPS, ChecksumRule.EQUAL)).isEmpty();
    }

    @Test
    void wouldNoticeThatChecksumsAreNotVerified() {
        assertThat(unnoticedFlips(1, 120, (expected, found) -> true)).hasSizeGreaterThan(30);
    }

    @Test
    void reportsTruncation() {
        Random random = new Random(3);
        List<Cell> cells = TestCells.random(random, 100, true, 40);
        TestCells.write(
                files, "/d/x", HFileOptions.of(TestCells.randomFamily(random), 7, 5), cells);
        byte[] whole = bytesOf("/d/x");
        for (int length = 0; length < whole.length; length += 1 + length / 50) {
            String copy = copy(whole, length);
            assertThat(read(copy, ReadMode.STREAM, cells)).isNull();
            files.delete(copy);
        }
    }

    @Test
    void namesFileOffsetAndBothChecksums() {
        TestCells.write(
                files,
                "/d/x",
                HFileOptions.of(ColumnFamily.named("f"), 7, 5),
                List.of(TestCells.put("r", "q", 1, "value")));
        byte[] damaged = bytesOf("/d/x");
        damaged[60] ^= 1;
        String copy = copy(damaged, damaged.length);
        try (BlockCache cache = TestCells.cache(1L << 20)) {
            HFile file = HFile.open(files, copy, cache);
            assertThatThrownBy(() -> scan(file, ReadMode.RANDOM))
                    .isInstanceOf(SkepException.class)
                    .hasMessageMatching(
                            "Block checksum mismatch in store file /d/copy0 at offset 0: "
                                    + "expected [0-9a-f]{8}, found [0-9a-f]{8}");
            file.release();
        }
    }

    @Test
    void refusesWhatIsNoStoreFile() {
        byte[] zeros = new byte[10_000];
        byte[] text = new byte[5000];
        Arrays.fill(text, (byte) 'x');
        assertThat(read(copy(zeros, zeros.length), ReadMode.RANDOM, List.of())).isNull();
        assertThat(read(copy(text, text.length), ReadMode.RANDOM, List.of())).isNull();
    }

    private static final List<Long> HOSTILE =
            List.of(
                    0L,
                    1L,
                    -1L,
                    32L,
                    33L,
                    100L,
                    5_000L,
                    1L << 20,
                    (1L << 31) - 1,
                    1L << 31,
                    (1L << 32) + 7,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE);

    // A file of ours with several levels of index, uncompressed.
    private byte[] wellFormed(List<Cell> cells) {
        ColumnFamily family = ColumnFamily.named("f").withBlockSize(256);
        HFileOptions options = HFileOptions.of(family, 7, 5).withChunks(256, 256);
        TestCells.write(files, "/d/formed", options, cells);
        byte[] bytes = bytesOf("/d/formed");
        files.delete("/d/formed");
        return bytes;
    }

    private static Trailer trailerOf(byte[] file) {
        int at = file.length - Trailer.SIZE;
        return Trailer.read(Arrays.copyOfRange(file, at, file.length), "/d/formed", at);
    }

    // As another program might have written it: nothing says that the file is ours, and blocks
    // have no checksums.
    private static byte[] foreign(byte[] ours) {
        byte[] foreign = ours.clone();
        for (int at : blocks(ours)) {
            foreign[at + 24] = 0;
        }
        int info = (int) trailerOf(ours).fileInfoOffset();
        byte[] name = "skep.format".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int at = info;
        while (!Arrays.equals(foreign, at, at + name.length, name, 0, name.length)) {
            at++;
        }
        foreign[at] = 'z';
        Arrays.fill(foreign, foreign.length - 12, foreign.length - 4, (byte) 0);
        return foreign;
    }

    // Where the blocks of a file begin.
    private static List<Integer> blocks(byte[] file) {
        List<Integer> blocks = new ArrayList<>();
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(file);
        for (int at = 0; at < file.length - Trailer.SIZE; ) {
            blocks.add(at);
            at += BlockFormat.sizeOnDisk(buffer, at);
        }
        return blocks;
    }

    // Whether a reader gets the cells or is told of damage, and nothing else happens.
    private String harm(byte[] bytes, List<Cell> cells, String what) {
        String copy = copy(bytes, bytes.length);
        String harm = null;
        for (ReadMode mode : MODES) {
            try {
                List<Cell> seen = read(copy, mode, cells);
                if (seen != null && !seen.equals(cells)) {
                    harm = "%s, %s: other cells".formatted(what, mode);
                }
            } catch (AssertionError | RuntimeException | OutOfMemoryError e) {
                harm = "%s, %s: %s".formatted(what, mode, e);
            }
        }
        try {
            passesCheck(copy, ChecksumRule.EQUAL);
        } catch (AssertionError | RuntimeException | OutOfMemoryError e) {
            harm = "%s, check: %s".formatted(what, e);
        }
        files.delete(copy);
        return harm;
    }

    @Test
    void believesNoTrailer() {
        List<Cell> cells = TestCells.random(new Random(5), 200, true, 40);
        byte[] ours = wellFormed(cells);
        byte[] whole = foreign(ours);
        List<String> harms = new ArrayList<>();
        Trailer good = trailerOf(ours);
        for (int field = 0; field < 10; field++) {
            for (long value : HOSTILE) {
                Trailer trailer;
                try {
                    trailer = changed(good, field, value);
                } catch (ArithmeticException e) {
                    continue;
                }
                byte[] forged = whole.clone();
                byte[] bytes = trailer.bytes();
                Arrays.fill(bytes, Trailer.SIZE - 12, Trailer.SIZE - 4, (byte) 0);
                System.arraycopy(bytes, 0, forged, whole.length - Trailer.SIZE, bytes.length);
                harms.add(harm(forged, cells, "field %d is %d".formatted(field, value)));
            }
        }
        harms.removeIf(harm -> harm == null);
        assertThat(harms).isEmpty();
    }

    // The numbers 0 to 3 are offsets and sizes, 4 to 6 counts, 7 to 9 levels and data.
    private static Trailer changed(Trailer t, int field, long value) {
        return new Trailer(
                field == 0 ? value : t.fileInfoOffset(),
                field == 1 ? value : t.loadOnOpenOffset(),
                field == 2 ? value : t.indexBytes(),
                field == 3 ? value : t.rawBytes(),
                field == 4 ? Math.toIntExact(value) : t.rootEntries(),
                field == 5 ? Math.toIntExact(value) : t.metaEntries(),
                field == 6 ? value : t.entries(),
                field == 7 ? Math.toIntExact(value) : t.indexLevels(),
                field == 8 ? value : t.firstDataOffset(),
                field == 9 ? value : t.lastDataOffset(),
                t.compression(),
                true);
    }

    @Test
    void believesNoHeader() {
        List<Cell> cells = TestCells.random(new Random(6), 60, true, 40);
        byte[] ours = wellFormed(cells);
        byte[] foreign = foreign(ours);
        assertThat(harm(foreign, cells, "nothing")).isNull();
        assertThat(read(copy(foreign, foreign.length), ReadMode.STREAM, cells)).isNotNull();
        List<String> harms = new ArrayList<>();
        BlockFormat format = new BlockFormat();
        for (byte[] whole : List.of(ours, foreign)) {
            for (int at : blocks(whole)) {
                for (int field : new int[] {8, 12, 16, 20, 25, 29}) {
                    for (long value : HOSTILE) {
                        byte[] forged = whole.clone();
                        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(forged);
                        int covered = BlockFormat.storedSize(buffer, at) + BlockFormat.HEADER;
                        buffer.putInt(at + field, (int) value);
                        if (whole == ours) {
                            format.writeChecksums(forged, buffer, at, covered);
                        }
                        harms.add(
                                harm(
                                        forged,
                                        cells,
                                        "%s, block %d, int %d is %d"
                                                .formatted(
                                                        whole == ours ? "ours" : "foreign",
                                                        at,
                                                        field,
                                                        (int) value)));
                    }
                }
            }
        }
        harms.removeIf(harm -> harm == null);
        assertThat(harms.stream().limit(20)).isEmpty();
    }

    @Test
    void believesNoBlockOfOursWithoutChecksum() {
        List<Cell> cells = TestCells.random(new Random(7), 60, true, 40);
        byte[] ours = wellFormed(cells);
        for (int at : blocks(ours)) {
            byte[] forged = ours.clone();
            forged[at + 24] = 0;
            String copy = copy(forged, forged.length);
            assertThat(passesCheck(copy, ChecksumRule.EQUAL)).as("block " + at).isFalse();
            files.delete(copy);
        }
        byte[] unmarked = ours.clone();
        Arrays.fill(unmarked, ours.length - 12, ours.length - 4, (byte) 0);
        String copy = copy(unmarked, unmarked.length);
        assertThatThrownBy(() -> passesCheckOrFails(copy))
                .hasMessageContaining("the trailer's checksum is missing");
    }

    private void passesCheckOrFails(String path) {
        try (BlockCache cache = TestCells.cache(1L << 20)) {
            HFile.open(files, path, cache).release();
        }
    }

    @Test
    void readsNoFurtherThanABlockWithoutChecksum() {
        List<Cell> cells = TestCells.random(new Random(8), 60, true, 40);
        byte[] foreign = foreign(wellFormed(cells));
        Random random = new Random(8);
        for (int i = 0; i < 3000; i++) {
            byte[] forged = foreign.clone();
            int at = random.nextInt(foreign.length - Trailer.SIZE);
            forged[at] = (byte) random.nextInt();
            // Wrong cells may come of it, but nothing worse.
            String harm = harm(forged, cells, "byte " + at);
            assertThat(harm == null || harm.endsWith("other cells") || harm.contains("Expecting"))
                    .as(harm)
                    .isTrue();
        }
    }
}
