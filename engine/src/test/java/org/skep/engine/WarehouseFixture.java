package org.skep.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.SkepException;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;

/** A warehouse in a temporary directory with one session. Confined to one thread. */
final class WarehouseFixture implements AutoCloseable {
    final Path directory;
    final Warehouse warehouse;
    final Session session;

    WarehouseFixture(Path directory) {
        this(directory, Warehouse.at(directory.resolve("data")));
    }

    WarehouseFixture(Path directory, Warehouse.Builder builder) {
        this.directory = directory;
        warehouse =
                builder.threads(2)
                        .memoryLimit(256L << 20)
                        .setting("hive.local.time.zone", "US/Pacific")
                        .open();
        session = warehouse.newSession("tester", "default", java.util.Map.of());
    }

    /** Rows as lines of values parted by tabs, in the form of Hive's command line. */
    List<String> run(String sql) {
        try (StatementResult result = session.execute(sql)) {
            List<String> lines = new ArrayList<>();
            for (RowCursor row = result.rows(); row.next(); ) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < result.columns().size(); i++) {
                    values.add(row.isNull(i) ? "NULL" : row.text(i));
                }
                lines.add(String.join("\t", values));
            }
            return lines;
        }
    }

    /** The rows in one line, parted as in the recorded outputs. */
    String line(String sql) {
        return String.join(" / ", run(sql));
    }

    List<String> columnNames(String sql) {
        try (StatementResult result = session.execute(sql)) {
            return result.columns().stream().map(ResultColumn::name).toList();
        }
    }

    /** Hive's sentence for the failure of a statement. */
    String failure(String sql) {
        try {
            run(sql);
        } catch (SkepException e) {
            return ErrorText.hive(e, sql);
        }
        return "no failure";
    }

    Path file(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        session.close();
        warehouse.close();
    }
}
