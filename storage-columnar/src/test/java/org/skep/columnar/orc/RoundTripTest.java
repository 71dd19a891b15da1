package org.skep.columnar.orc;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.columnar.rows.RoundTrip;

class RoundTripTest {
    private static final String UNION =
            "uniontype<int,string,array<decimal(5,2)>,struct<p:double,q:uniontype<date,boolean>>>";

    @TempDir Path directory;

    @Test
    void givesBackFlatColumns() {
        RoundTrip files = new RoundTrip(new OrcFormat(), directory, new Random().nextLong());
        for (double nulls : new double[] {0, 0.2, 1}) {
            for (int distinct : new int[] {5, 100_000}) {
                Map<String, String> properties =
                        Map.of(
                                "orc.compress",
                                "NONE",
                                "orc.row.index.stride",
                                "1000",
                                "orc.stripe.size",
                                "30000");
                files.flat(nulls, distinct, properties, 700);
            }
        }
    }

    @Test
    void givesBackNestedColumns() {
        RoundTrip files = new RoundTrip(new OrcFormat(), directory, new Random().nextLong());
        for (double nulls : new double[] {0, 0.2, 1}) {
            files.nested(nulls, Map.of("orc.stripe.size", "30000"), 700, "u", UNION);
        }
    }

    @Test
    void givesBackAllCodecs() {
        RoundTrip files = new RoundTrip(new OrcFormat(), directory, new Random().nextLong());
        for (String codec : List.of("NONE", "ZLIB", "SNAPPY", "zstd", "LZ4")) {
            files.flat(0.1, 1_000, Map.of("orc.compress", codec), 600);
        }
    }
}
