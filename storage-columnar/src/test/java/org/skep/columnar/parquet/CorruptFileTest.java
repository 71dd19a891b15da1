package org.skep.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
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
        "k",
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

    private static final class Sample {
        private final Map<String, String> properties;
        private final byte[] bytes;
        private final List<List<Object>> rows;

        Sample(Map<String, String> properties, byte[] bytes, List<List<Object>> rows) {
            this.properties = properties;
            this.bytes = bytes;
            this.rows = rows;
        }
    }

    private Sample sample(long seed, String codec, String version) throws IOException {
        Map<String, String> properties = new TreeMap<>();
        properties.put("parquet.compression", codec);
        properties.put("parquet.writer.version", version);
        properties.put("parquet.block.size", "9000");
        TableLayout layout = FileRows.layout("parquet", properties, COLUMNS);
        List<List<Object>> rows = new RandomRows(seed, 0.1, 60).rows(layout, ROWS);
        Path path = directory.resolve(codec + version + ".parquet");
        try (TableWriter writer =
                new ParquetFormat()
                        .create(
                                LocalFileSystem.INSTANCE,
                                path.toString(),
                                layout,
                                ZoneOffset.UTC,
                                MemoryPool.root("test", 1L << 30))) {
            for (int i = 0; i < ROWS; i += 100) {
                writer.write(RandomRows.batch(layout, rows.subList(i, i + 100)));
            }
            writer.finish();
        }
        return new Sample(properties, Files.readAllBytes(path), rows);
    }

    /** Reads bytes as a file; the answer is null if that is refused with a code. */
    private static List<List<Object>> read(Sample sample, byte[] bytes) {
        try {
            return new FileRows(new OneFile(bytes), "damaged.parquet", sample.properties, COLUMNS)
                    .read();
        } catch (SkepException e) {
            assertThat(e.code())
                    .isIn(ErrorCode.CORRUPT_FILE, ErrorCode.NOT_SUPPORTED, ErrorCode.IO_ERROR);
            assertThat(e).hasMessageContaining("damaged.parquet");
            return null;
        }
    }

    @Test
    void refusesFilesThatEndTooEarly() throws IOException {
        long seed = new Random().nextLong();
        Sample sample = sample(seed, "SNAPPY", "v1");
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int length = i < 50 ? sample.bytes.length - 1 - i : random.nextInt(sample.bytes.length);
            List<List<Object>> rows = read(sample, java.util.Arrays.copyOf(sample.bytes, length));
            if (length > 0) {
                assertThat(rows).as("seed %d length %d", seed, length).isNull();
            }
        }
    }

    @Test
    void seesFlippedBitsInPagesByTheirChecksums() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (String codec : List.of("UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD")) {
            for (String version : List.of("v1", "v2")) {
                Sample sample = sample(seed, codec, version);
                int footer = footerLength(sample.bytes);
                int refused = 0;
                for (int i = 0; i < 90; i++) {
                    byte[] bytes = sample.bytes.clone();
                    int at = 4 + random.nextInt(bytes.length - footer - 12);
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    List<List<Object>> rows = read(sample, bytes);
                    refused += rows == null ? 1 : 0;
                    if (rows != null) {
                        assertThat(rows)
                                .as("seed %d %s %s flip at %d", seed, codec, version, at)
                                .isEqualTo(sample.rows);
                    }
                }
                assertThat(refused).as("seed %d", seed).isGreaterThan(70);
            }
        }
    }

    @Test
    void survivesFlippedBitsInTheFooter() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Sample sample = sample(seed, "ZSTD", "v1");
        int footer = footerLength(sample.bytes);
        for (int i = 0; i < 700; i++) {
            byte[] bytes = sample.bytes.clone();
            int at = bytes.length - 1 - random.nextInt(footer + 8);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            try {
                read(sample, bytes);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed %d flip at %d".formatted(seed, at), e);
            }
        }
    }

    @Test
    void survivesFlippedBitsWithoutChecksums() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (String version : List.of("v1", "v2")) {
            Sample sample = sample(seed, "UNCOMPRESSED", version);
            int footer = footerLength(sample.bytes);
            for (int i = 0; i < 700; i++) {
                byte[] bytes = sample.bytes.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    int at = 4 + random.nextInt(bytes.length - footer - 12);
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
                PageReader.ignoreChecksums(true);
                try {
                    read(sample, bytes);
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("seed %d round %d".formatted(seed, i), e);
                } finally {
                    PageReader.ignoreChecksums(false);
                }
            }
        }
    }

    // No checksum covers the headers of pages, so all that they say has to be checked.
    @Test
    void seesEachFlippedBitInPageHeaders() throws IOException {
        Sample sample = sample(-8967927782055732022L, "UNCOMPRESSED", "v2");
        int refused = 0;
        int flips = 0;
        for (BitSet headers = headers(sample.bytes); !headers.isEmpty(); ) {
            int at = headers.nextSetBit(0);
            headers.clear(at);
            for (int bit = 0; bit < 8; bit++) {
                byte[] bytes = sample.bytes.clone();
                bytes[at] ^= (byte) (1 << bit);
                List<List<Object>> rows = read(sample, bytes);
                flips++;
                refused += rows == null ? 1 : 0;
                if (rows != null) {
                    assertThat(rows).as("bit %d flipped at %d", bit, at).isEqualTo(sample.rows);
                }
            }
        }
        assertThat(flips).isGreaterThan(2000);
        assertThat(refused).isGreaterThan(flips / 2);
    }

    // Which bytes are parts of page headers.
    private static BitSet headers(byte[] bytes) throws IOException {
        int end = bytes.length - 8;
        int length = footerLength(bytes);
        FileMetaData footer =
                Util.readFileMetaData(new ByteArrayInputStream(bytes, end - length, length));
        BitSet headers = new BitSet();
        for (RowGroup group : footer.getRow_groups()) {
            for (ColumnChunk chunk : group.getColumns()) {
                long at = Footer.start(chunk.getMeta_data());
                long behind = at + chunk.getMeta_data().getTotal_compressed_size();
                while (at < behind) {
                    ByteArrayInputStream in =
                            new ByteArrayInputStream(bytes, (int) at, (int) (behind - at));
                    PageHeader header = Util.readPageHeader(in);
                    long body = behind - in.available();
                    headers.set((int) at, (int) body);
                    at = body + header.getCompressed_page_size();
                }
            }
        }
        return headers;
    }

    private static int footerLength(byte[] bytes) {
        return (int) ByteOrderReads.INT.get(bytes, bytes.length - 8);
    }

    @Test
    void saysThatAFileIsNoParquetFile() throws IOException {
        Path path = directory.resolve("text.parquet");
        for (String text : List.of("a", "short", "1,2,3\n4,5,6\n7,8,9\n")) {
            Files.writeString(path, text, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> new FileRows(path.toString(), Map.of(), "i", "int").read())
                    .isInstanceOf(SkepException.class)
                    .hasMessage("Cannot read " + path + ": not a Parquet file");
        }
    }

    @Test
    void takesAnEmptyFileForNoRows() throws IOException {
        Path path = directory.resolve("empty.parquet");
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
