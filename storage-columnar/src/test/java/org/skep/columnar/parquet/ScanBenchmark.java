package org.skep.columnar.parquet;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.io.FileStatus;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.columnar.rows.FileRows;
import org.skep.storage.BatchSource;
import org.skep.storage.RuntimeFilter;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.vector.ColumnBatch;

/**
 * Measures rows read a second of a thread's processor time, from a table like lineitem in a
 * directory that is given as argument. A program, not a test. Confined to one thread.
 */
public final class ScanBenchmark {
    private static final String MAKE =
            """
            COPY (SELECT
              (i / 4)::BIGINT AS l_orderkey,
              (hash(i) %% 200000)::BIGINT AS l_partkey,
              (1 + hash(i + 1) %% 50)::DECIMAL(15,2) AS l_quantity,
              ((hash(i + 2) %% 10404950 + 90000) / 100)::DECIMAL(15,2) AS l_extendedprice,
              ((hash(i + 3) %% 11) / 100)::DECIMAL(15,2) AS l_discount,
              ((hash(i + 4) %% 9) / 100)::DECIMAL(15,2) AS l_tax,
              substr('ANR', (1 + hash(i + 5) %% 3)::BIGINT, 1) AS l_returnflag,
              substr('FO', (1 + hash(i + 6) %% 2)::BIGINT, 1) AS l_linestatus,
              DATE '1992-01-02' + (hash(i + 7) %% 2526)::INTEGER AS l_shipdate,
              'furiously ' || hash(i + 8) %% 1000000 || ' deposits ' || hash(i + 9) %% 1000 AS l_comment
            FROM range(%d) r(i)) TO '%s' (FORMAT PARQUET, CODEC '%s', ROW_GROUP_SIZE 1000000)
            """;
    private static final String[] COLUMNS = {
        "l_orderkey",
        "bigint",
        "l_partkey",
        "bigint",
        "l_quantity",
        "decimal(15,2)",
        "l_extendedprice",
        "decimal(15,2)",
        "l_discount",
        "decimal(15,2)",
        "l_tax",
        "decimal(15,2)",
        "l_returnflag",
        "string",
        "l_linestatus",
        "string",
        "l_shipdate",
        "date",
        "l_comment",
        "string"
    };
    private static final String[] Q1 = {
        "l_quantity",
        "l_extendedprice",
        "l_discount",
        "l_tax",
        "l_returnflag",
        "l_linestatus",
        "l_shipdate"
    };
    private static final int ROWS = 6_000_000;
    private static final int RUNS = 6;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final TableLayout layout = FileRows.layout("parquet", Map.of(), COLUMNS);
    private final ParquetFormat format = new ParquetFormat();
    private final MemoryPool memory = MemoryPool.root("benchmark", 4L << 30);

    private ScanBenchmark() {}

    /** Makes the files if they are missing and prints a line for each file and set of columns. */
    public static void main(String[] arguments) throws Exception {
        new ScanBenchmark().run(Path.of(arguments[0]));
    }

    private void run(Path directory) throws Exception {
        for (String codec : List.of("ZSTD", "SNAPPY")) {
            Path theirs = directory.resolve("theirs-" + codec + ".parquet");
            if (!Files.exists(theirs)) {
                make(theirs, codec);
            }
            Path ours = directory.resolve("ours-" + codec + ".parquet");
            Files.deleteIfExists(ours);
            copy(theirs, ours, codec);
            for (Path file : List.of(theirs, ours)) {
                System.out.println(file.getFileName() + " " + Files.size(file) + " bytes");
                measure(file, "l_extendedprice");
                measure(file, "l_discount");
                measure(file, "l_returnflag");
                measure(file, "l_orderkey");
                measure(file, "l_comment");
                measure(file, Q1);
            }
        }
    }

    private static void make(Path file, String codec) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(MAKE.formatted(ROWS, file, codec));
        }
    }

    private List<ScanColumn> columns(String... names) {
        List<ScanColumn> columns = new ArrayList<>();
        for (String name : names) {
            for (int i = 0; i < layout.columns().size(); i++) {
                TableLayout.Column column = layout.columns().get(i);
                if (column.name().equals(name)) {
                    columns.add(new ScanColumn(-1, i, name, column.type()));
                }
            }
        }
        return columns;
    }

    private BatchSource open(Path file, List<ScanColumn> columns) {
        FileStatus status = LocalFileSystem.INSTANCE.status(file.toString()).orElseThrow();
        Split split =
                format.splits(LocalFileSystem.INSTANCE, status, layout, List.of(), Long.MAX_VALUE)
                        .get(0);
        ScanRequest request =
                new ScanRequest(
                        layout,
                        columns,
                        List.of(),
                        List.of(),
                        RuntimeFilter.NONE,
                        ColumnBatch.DEFAULT_ROWS,
                        ZoneOffset.UTC,
                        new CancelFlag(),
                        memory,
                        count -> {});
        return format.open(LocalFileSystem.INSTANCE, split, request);
    }

    private void measure(Path file, String... names) {
        List<ScanColumn> columns = columns(names);
        double best = Double.MAX_VALUE;
        long rows = 0;
        for (int run = 0; run < RUNS; run++) {
            long start = threads.getCurrentThreadCpuTime();
            rows = 0;
            try (BatchSource source = open(file, columns)) {
                for (ColumnBatch batch = source.next(); batch != null; batch = source.next()) {
                    rows += batch.rowCount();
                }
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / 1e9);
        }
        System.out.printf(
                "  %-16s %8.1f Mrows/s%n",
                names.length == 1 ? names[0] : "q1's columns", rows / best / 1e6);
    }

    private void copy(Path from, Path to, String codec) {
        TableLayout target =
                FileRows.layout("parquet", Map.of("parquet.compression", codec), COLUMNS);
        List<String> names = new ArrayList<>();
        layout.columns().forEach(column -> names.add(column.name()));
        long start = threads.getCurrentThreadCpuTime();
        try (BatchSource source = open(from, columns(names.toArray(new String[0])));
                TableWriter writer =
                        format.create(
                                LocalFileSystem.INSTANCE,
                                to.toString(),
                                target,
                                ZoneOffset.UTC,
                                memory)) {
            for (ColumnBatch batch = source.next(); batch != null; batch = source.next()) {
                writer.write(batch);
            }
            writer.finish();
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        System.out.printf("written %s: %.2f Mrows/s%n", codec, ROWS / seconds / 1e6);
    }
}
