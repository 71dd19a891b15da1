package org.skep.columnar.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchFilter;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Writes random rows of a seed and checks that they are read back. Confined to one thread. */
public final class RoundTrip {
    private static final String[] FLAT = {
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
    private static final String[] NESTED = {
        "a",
        "array<int>",
        "x",
        "map<string,decimal(20,2)>",
        "s",
        "struct<p:int,q:array<struct<u:string,v:map<int,timestamp>>>,r:struct<z:date>>",
        "n",
        "array<array<string>>",
        "i",
        "bigint"
    };

    private final TableFormat format;
    private final Path directory;
    private final long seed;
    private int files;

    /** Writes files into a directory. */
    public RoundTrip(TableFormat format, Path directory, long seed) {
        this.format = format;
        this.directory = directory;
        this.seed = seed;
    }

    /** Checks a column of each simple type. */
    public void flat(double nulls, int distinct, Map<String, String> properties, int count) {
        check(nulls, distinct, properties, FLAT, count);
    }

    /** Checks arrays, maps and structs, and {@code more} columns. */
    public void nested(double nulls, Map<String, String> properties, int count, String... more) {
        List<String> columns = new ArrayList<>(List.of(NESTED));
        columns.addAll(List.of(more));
        check(nulls, 1_000, properties, columns.toArray(new String[0]), count);
    }

    private String write(TableLayout layout, List<List<Object>> rows, int batchRows) {
        String path = directory.resolve("f" + files++ + format.extension()).toString();
        MemoryPool memory = MemoryPool.root("test", 1L << 30);
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

    private void check(
            double nulls,
            int distinct,
            Map<String, String> properties,
            String[] columns,
            int count) {
        TableLayout layout = FileRows.layout(format.name(), properties, columns);
        List<List<Object>> rows = new RandomRows(seed, nulls, distinct).rows(layout, count);
        String path = write(layout, rows, 777);
        for (int batchRows : new int[] {1, 3, 500, 2048}) {
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
