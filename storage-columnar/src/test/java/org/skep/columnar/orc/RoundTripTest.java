package org.skep.columnar.orc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchFilter;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

class RoundTripTest {
    static final String[] FLAT = {
        "b",
        "boolean",
        "t",
        "tinyint",
        "s",
        "smallint",
        "i",
        "int",
        "l",
        "bigint",
        "f",
        "float",
        "d",
        "double",
        "d9",
        "decimal(9,3)",
        "d18",
        "decimal(18,0)",
        "d38",
        "decimal(38,10)",
        "w",
        "string",
        "v",
        "varchar(5)",
        "c",
        "char(5)",
        "r",
        "binary",
        "y",
        "date",
        "m",
        "timestamp",
        "z",
        "timestamp with local time zone"
    };
    static final String[] NESTED = {
        "a",
        "array<int>",
        "x",
        "map<string,decimal(20,2)>",
        "s",
        "struct<p:int,q:array<struct<u:string,v:map<int,timestamp>>>,r:struct<z:date>>",
        "n",
        "array<array<string>>",
        "u",
        "uniontype<int,string,array<decimal(5,2)>,struct<p:double,q:uniontype<date,boolean>>>",
        "i",
        "bigint"
    };

    @TempDir Path directory;
    private int files;

    private String write(TableLayout layout, List<List<Object>> rows, int batchRows) {
        String path = directory.resolve("f" + files++ + ".orc").toString();
        MemoryPool memory = MemoryPool.root("test", 1L << 30);
        OrcFormat format = new OrcFormat();
        try (TableWriter writer =
                format.create(LocalFileSystem.INSTANCE, path, layout, ZoneOffset.UTC, memory)) {
            for (int i = 0; i < rows.size(); i += batchRows) {
                writer.write(
                        RandomRows.batch(
                                layout, rows.subList(i, Math.min(rows.size(), i + batchRows))));
            }
            WrittenFile written = writer.finish();
            assertThat(written.rowCount()).isEqualTo(rows.size());
            assertThat(written.byteCount()).isEqualTo(Path.of(path).toFile().length());
        }
        assertThat(memory.reserved()).isZero();
        return path;
    }

    private static Map<String, String> properties(String... pairs) {
        Map<String, String> properties = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.put(pairs[i], pairs[i + 1]);
        }
        return properties;
    }

    @Test
    void givesBackFlatColumns() {
        long seed = new Random().nextLong();
        for (double nulls : new double[] {0, 0.2, 1}) {
            for (int distinct : new int[] {5, 100_000}) {
                for (String stride : List.of("1000")) {
                    Map<String, String> properties =
                            properties(
                                    "orc.compress",
                                    "NONE",
                                    "orc.row.index.stride",
                                    stride,
                                    "orc.stripe.size",
                                    "30000");
                    check(seed, nulls, distinct, properties, FLAT, 700);
                }
            }
        }
    }

    @Test
    void givesBackNestedColumns() {
        long seed = new Random().nextLong();
        for (double nulls : new double[] {0, 0.2, 1}) {
            check(seed, nulls, 1_000, properties("orc.stripe.size", "30000"), NESTED, 700);
        }
    }

    @Test
    void givesBackAllCodecs() {
        long seed = new Random().nextLong();
        for (String codec : List.of("NONE", "ZLIB", "SNAPPY", "zstd", "LZ4")) {
            check(seed, 0.1, 1_000, properties("orc.compress", codec), FLAT, 600);
        }
    }

    private void check(
            long seed,
            double nulls,
            int distinct,
            Map<String, String> properties,
            String[] columns,
            int count) {
        TableLayout layout = FileRows.layout(properties, columns);
        List<List<Object>> rows = new RandomRows(seed, nulls, distinct).rows(layout, count);
        String path = write(layout, rows, 777);
        for (int batchRows : new int[] {1, 500, 2048}) {
            assertThat(new FileRows(path, properties, columns).batchRows(batchRows).read())
                    .as("seed %d nulls %s %s batch %d", seed, nulls, properties, batchRows)
                    .isEqualTo(rows);
        }
        Random random = new Random(seed);
        for (double share : new double[] {0.001, 0.03, 0.5}) {
            List<List<Object>> kept = new ArrayList<>();
            boolean[] keep = new boolean[rows.size()];
            for (int i = 0; i < keep.length; i++) {
                keep[i] = random.nextDouble() < share;
                if (keep[i]) {
                    kept.add(rows.get(i));
                }
            }
            FileRows sparse =
                    new FileRows(path, properties, columns).filters(new Keep(keep)).batchRows(600);
            assertThat(sparse.read())
                    .as("seed %d nulls %s %s share %s", seed, nulls, properties, share)
                    .isEqualTo(kept);
        }
    }

    /** Keeps given rows of a file; needs the first column only. */
    private static final class Keep implements BatchFilter {
        private final boolean[] keep;
        private int from;

        Keep(boolean[] keep) {
            this.keep = keep;
        }

        @Override
        public int[] columns() {
            return new int[] {0};
        }

        @Override
        public Selection apply(ColumnVector[] vectors, Selection selection) {
            boolean[] flags = new boolean[selection.count()];
            System.arraycopy(keep, from, flags, 0, flags.length);
            from += flags.length;
            return selection.where(flags, true);
        }
    }
}
