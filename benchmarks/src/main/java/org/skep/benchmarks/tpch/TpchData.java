package org.skep.benchmarks.tpch;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the Parquet files: the generator's rows, written by DuckDB's COPY with its defaults
 * (Snappy). Stateless.
 */
final class TpchData {
    private TpchData() {}

    /** Makes what is missing below {@code directory}: one directory a table with one file. */
    static void generate(Path directory, double scaleFactor) throws IOException, SQLException {
        Path done = directory.resolve("DONE");
        if (Files.exists(done)) {
            return;
        }
        Files.createDirectories(directory);
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String name : TpchSchema.tables().keySet()) {
                System.err.println("generating " + name);
                Path text = directory.resolve(name + ".tbl");
                write(TpchTable.getTable(name), scaleFactor, text);
                Path parquet =
                        Files.createDirectories(directory.resolve(name)).resolve("part-0.parquet");
                statement.execute(
                        "create table %s (%s)"
                                .formatted(name, TpchSchema.columns(name, "varchar")));
                statement.execute(
                        "copy %s from '%s' (format csv, delimiter '|', header false, quote '')"
                                .formatted(name, text));
                statement.execute("copy %s to '%s' (format parquet)".formatted(name, parquet));
                statement.execute("drop table " + name);
                Files.delete(text);
            }
        }
        Files.writeString(done, "scale factor " + scaleFactor + "\n");
    }

    private static <E extends TpchEntity> void write(
            TpchTable<E> table, double scaleFactor, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (E row : table.createGenerator(scaleFactor, 1, 1)) {
                String line = row.toLine();
                out.write(line.endsWith("|") ? line.substring(0, line.length() - 1) : line);
                out.write('\n');
            }
        }
    }
}
