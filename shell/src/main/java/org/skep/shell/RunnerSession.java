package org.skep.shell;

import java.io.InputStream;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.skep.parser.ScriptStatement;
import org.skep.shell.StatementRunner.Outcome;
import org.skep.shell.prompt.PromptSession;

/**
 * What the prompt asks for, done by a runner. Confined to one thread, except for {@link #cancel}.
 */
final class RunnerSession implements PromptSession {
    private static final int MOST_NAMES = 500;

    private final StatementRunner runner;
    private final Messages messages;

    RunnerSession(StatementRunner runner, Messages messages) {
        this.runner = runner;
        this.messages = messages;
    }

    @Override
    public void run(List<ScriptStatement> statements) {
        for (ScriptStatement statement : statements) {
            if (runner.run(statement) != Outcome.DONE) {
                return;
            }
        }
    }

    @Override
    public void runFile(String path) {
        new ScriptRunner(runner, InputStream.nullInputStream(), messages)
                .run(new ScriptSource.File(path));
    }

    @Override
    public void cancel() {
        runner.cancel();
    }

    @Override
    public String prompt() {
        return runner.database().map("skep (%s)> "::formatted).orElse("skep> ");
    }

    @Override
    public void tell(String text) {
        messages.error(text);
    }

    @Override
    public List<String> names(String prefix) {
        TreeSet<String> names = new TreeSet<>();
        String pattern = prefix.replace("_", "\\_") + "%";
        try {
            DatabaseMetaData metadata = runner.connection().getMetaData();
            try (ResultSet tables = metadata.getTables(null, null, pattern, null)) {
                collect(tables, "TABLE_NAME", names);
            }
            try (ResultSet columns = metadata.getColumns(null, null, "%", pattern)) {
                collect(columns, "COLUMN_NAME", names);
            }
            try (ResultSet schemas = metadata.getSchemas(null, pattern)) {
                collect(schemas, "TABLE_SCHEM", names);
            }
        } catch (SQLException e) {
            // Completion offers what it could learn.
        }
        return new ArrayList<>(names);
    }

    private static void collect(ResultSet rows, String column, Set<String> names)
            throws SQLException {
        while (names.size() < MOST_NAMES && rows.next()) {
            names.add(rows.getString(column));
        }
    }
}
