package org.skep.columnar.parquet;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.columnar.rows.RoundTrip;

class RoundTripTest {
    @TempDir Path directory;

    @Test
    void givesBackFlatColumnsWhateverTheEncoding() {
        RoundTrip files = new RoundTrip(new ParquetFormat(), directory, new Random().nextLong());
        for (double nulls : new double[] {0, 0.2, 1}) {
            for (String version : List.of("v1", "v2")) {
                for (int distinct : new int[] {5, 100_000}) {
                    for (String dictionary : List.of("true", "false")) {
                        Map<String, String> properties =
                                Map.of(
                                        "parquet.writer.version",
                                        version,
                                        "parquet.enable.dictionary",
                                        dictionary,
                                        "parquet.compression",
                                        "UNCOMPRESSED",
                                        "parquet.block.size",
                                        "30000");
                        files.flat(nulls, distinct, properties, 1_300);
                    }
                }
            }
        }
    }

    @Test
    void givesBackNestedColumns() {
        RoundTrip files = new RoundTrip(new ParquetFormat(), directory, new Random().nextLong());
        for (double nulls : new double[] {0, 0.2, 1}) {
            for (String version : List.of("v1", "v2")) {
                Map<String, String> properties =
                        Map.of("parquet.writer.version", version, "parquet.block.size", "30000");
                files.nested(nulls, properties, 1_300);
            }
        }
    }

    @Test
    void givesBackAllCodecs() {
        RoundTrip files = new RoundTrip(new ParquetFormat(), directory, new Random().nextLong());
        for (String codec : List.of("UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD")) {
            files.flat(0.1, 1_000, Map.of("parquet.compression", codec), 1_500);
        }
    }
}
