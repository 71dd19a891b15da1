package org.skep.columnar.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.columnar.rows.FileRows;
import org.skep.columnar.rows.OneFile;
import org.skep.columnar.rows.RandomRows;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;

class CorruptFileTest {
    private static final String[] COLUMNS = {
        "i",
        "int",
        "d",
        "decimal(12,2)",
        "w",
        "string",
        "b",
        "boolean",
        "m",
        "timestamp",
        "a",
        "array<map<string,int>>"
    };
    private static final int ROWS = 300;

    @TempDir Path directory;

    private byte[] sample(long seed, String codec) throws IOException {
        Map<String, String> properties = Map.of("orc.compress", codec, "orc.stripe.size", "9000");
        TableLayout layout = FileRows.layout("orc", properties, COLUMNS);
        List<List<Object>> rows = new RandomRows(seed, 0.1, 60).rows(layout, ROWS);
        Path path = directory.resolve(codec + ".orc");
        try (TableWriter writer =
                new OrcFormat()
                        .create(
                                LocalFileSystem.INSTANCE,
                                path.toString(),
                                layout,
                                ZoneOffset.UTC,
                                MemoryPool.root("test", 1L << 30))) {
            writer.write(RandomRows.batch(layout, rows));
            writer.finish();
        }
        return Files.readAllBytes(path);
    }

    /** Reads bytes as a file; the answer is the code with which that is refused, or null. */
    private static ErrorCode read(byte[] bytes) {
        FileRows file = new FileRows(new OneFile(bytes), "damaged.orc", Map.of(), COLUMNS);
        try {
            file.read();
            file.format().statistics(new OneFile(bytes), file.status(), file.layout());
            return null;
        } catch (SkepException e) {
            assertThat(e).hasMessageContaining("damaged.orc");
            return e.code();
        }
    }

    @Test
    void refusesFilesThatEndTooEarly() throws IOException {
        long seed = new Random().nextLong();
        byte[] sample = sample(seed, "ZLIB");
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            int length = i < 50 ? sample.length - 1 - i : 1 + random.nextInt(sample.length - 1);
            assertThat(read(Arrays.copyOf(sample, length)))
                    .as("seed %d length %d", seed, length)
                    .isEqualTo(ErrorCode.CORRUPT_FILE);
        }
    }

    @Test
    void survivesFlippedBits() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (String codec : List.of("NONE", "ZLIB", "SNAPPY", "ZSTD", "LZ4")) {
            byte[] sample = sample(seed, codec);
            int refused = 0;
            for (int i = 0; i < 150; i++) {
                int at =
                        i % 3 == 0
                                ? sample.length - 1 - random.nextInt(300)
                                : random.nextInt(sample.length);
                int bit = random.nextInt(8);
                String where = "seed %d %s bit %d flipped at %d".formatted(seed, codec, bit, at);
                refused += refusesFlip(sample, at, bit, where) ? 1 : 0;
            }
            // Without a codec about 25 of the flips are seen, give or take 4.5, else at least 39.
            assertThat(refused)
                    .as("seed %d %s", seed, codec)
                    .isGreaterThan(codec.equals("NONE") ? 3 : 12);
        }
    }

    // Here lie the footer and what says where it is; no codec and no checksum guards them.
    @Test
    void seesFlippedBitsInTheLastBytes() throws IOException {
        byte[] sample = sample(4430106417120934224L, "NONE");
        int refused = 0;
        for (int at = sample.length - 200; at < sample.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                String where = "bit %d flipped at %d".formatted(bit, at);
                refused += refusesFlip(sample, at, bit, where) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(450);
    }

    private static boolean refusesFlip(byte[] sample, int at, int bit, String where) {
        byte[] bytes = sample.clone();
        bytes[at] ^= (byte) (1 << bit);
        long start = Clock.SYSTEM.nanoTime();
        ErrorCode code;
        try {
            code = read(bytes);
        } catch (RuntimeException e) {
            throw new AssertionError(where, e);
        }
        assertThat(code)
                .as(where)
                .isIn(
                        null,
                        ErrorCode.CORRUPT_FILE,
                        ErrorCode.NOT_SUPPORTED,
                        ErrorCode.MEMORY_LIMIT);
        assertThat(Duration.ofNanos(Clock.SYSTEM.nanoTime() - start))
                .as(where)
                .isLessThan(Duration.ofSeconds(8));
        return code != null;
    }

    @Test
    void saysThatAFileIsNoOrcFile() throws IOException {
        Path path = directory.resolve("text.orc");
        for (String text : List.of("a", "short", "1,2,3\n4,5,6\n7,8,9\n")) {
            Files.writeString(path, text, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> new FileRows(path.toString(), Map.of(), "i", "int").read())
                    .isInstanceOf(SkepException.class)
                    .hasMessageContaining("Cannot read " + path + ": corrupt");
        }
    }

    @Test
    void takesAnEmptyFileForNoRows() throws IOException {
        Path path = directory.resolve("empty.orc");
        Files.write(path, new byte[0]);
        FileRows file = new FileRows(path.toString(), Map.of(), "i", "int");
        assertThat(file.read()).isEmpty();
        assertThat(
                        file.format()
                                .statistics(LocalFileSystem.INSTANCE, file.status(), file.layout())
                                .rowCount())
                .isZero();
    }
}
