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

/** No damage passes for data: it is reported with file and offset, or does no harm. */
class DamagedFileTest {
    private static final byte[] START = {};
    private static final List<ReadMode> MODES = List.of(ReadMode.values());

    private static final int FLIPS = Integer.getInteger("skep.lsm.hfile.flips", 360);

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
                HFileOptions.of(org.skep.lsm.schema.ColumnFamily.named("f"), 7, 5),
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
}
