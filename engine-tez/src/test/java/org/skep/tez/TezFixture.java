package org.skep.tez;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.engine.Session;
import org.skep.engine.Warehouse;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;

/** A warehouse with a session on Tez and one on threads. Confined to one thread. */
public final class TezFixture implements AutoCloseable {
    final Warehouse warehouse;
    final Session tez;
    final Session local;

    /** A warehouse below a directory. */
    public TezFixture(Path directory) {
        this(Warehouse.at(directory.resolve("data")));
    }

    /** A warehouse as described. */
    TezFixture(Warehouse.Builder builder) {
        warehouse = builder.threads(2).memoryLimit(512L << 20).open();
        local = warehouse.newSession("tester", "default", Map.of());
        tez = warehouse.newSession("tester", "default", Map.of("hive.execution.engine", "tez"));
    }

    /** Rows as lines of values parted by tabs. */
    static List<String> run(Session session, String sql) {
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

    /** Runs a statement on Tez. */
    public List<String> onTez(String sql) {
        return run(tez, sql);
    }

    /** Runs a statement on threads. */
    public List<String> onThreads(String sql) {
        return run(local, sql);
    }

    @Override
    public void close() {
        tez.close();
        local.close();
        warehouse.close();
    }
}
