package org.skep.shell;

import java.io.InputStream;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    public List<String> databases(String prefix) {
        return names(
                metadata -> metadata.getSchemas(null, pattern(prefix)), "TABLE_SCHEM", row -> true);
    }

    @Override
    public List<String> tables(String database, String prefix) {
        return names(
                metadata ->
                        metadata.getTables(
                                null,
                                database.isEmpty()
                                        ? exactly(runner.connection().getSchema())
                                        : exactly(database),
                                pattern(prefix),
                                null),
                "TABLE_NAME",
                row -> true);
    }

    @Override
    public List<String> columns(Set<String> words, String prefix) {
        String column = "COLUMN_NAME";
        List<String> ofNamed =
                names(
                        metadata -> metadata.getColumns(null, null, "%", pattern(prefix)),
                        column,
                        row ->
                                words.contains(
                                        row.getString("TABLE_NAME").toLowerCase(Locale.ROOT)));
        if (!ofNamed.isEmpty() || tables("", "").stream().anyMatch(words::contains)) {
            return ofNamed;
        }
        return names(
                metadata ->
                        metadata.getColumns(
                                null,
                                exactly(runner.connection().getSchema()),
                                "%",
                                pattern(prefix)),
                column,
                row -> true);
    }

    private static String pattern(String prefix) {
        return prefix.replace("_", "\\_") + "%";
    }

    private static String exactly(String name) {
        return name == null ? null : name.replace("_", "\\_");
    }

    /** A call for names. */
    @FunctionalInterface
    private interface Call {
        ResultSet on(DatabaseMetaData metadata) throws SQLException;
    }

    /** Chooses rows. */
    @FunctionalInterface
    private interface Choice {
        boolean takes(ResultSet row) throws SQLException;
    }

    private List<String> names(Call call, String column, Choice choice) {
        TreeSet<String> names = new TreeSet<>();
        try (ResultSet rows = call.on(runner.connection().getMetaData())) {
            while (names.size() < MOST_NAMES && rows.next()) {
                if (choice.takes(rows)) {
                    names.add(rows.getString(column));
                }
            }
        } catch (SQLException e) {
            // Completion offers what it could learn.
        }
        return new ArrayList<>(names);
    }
}
