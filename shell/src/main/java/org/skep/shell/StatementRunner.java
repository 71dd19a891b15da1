package org.skep.shell;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;
import org.skep.jdbc.SkepStatement;
import org.skep.parser.ScriptStatement;
import org.skep.parser.command.Command;
import org.skep.parser.command.CommandRecognizer;
import org.skep.shell.print.Output;
import org.skep.shell.print.ResultFormat;
import org.skep.shell.print.ResultFormat.Header;
import org.skep.shell.print.ResultPrinter;

/**
 * Runs statements one after the other and prints what they give. Confined to one thread, except for
 * {@link #cancel}.
 */
final class StatementRunner {
    private static final String PRINT_HEADER = "hive.cli.print.header";
    private static final String PRINT_DATABASE = "hive.cli.print.current.db";

    private final Connection connection;
    private final ResultFormat format;
    private final Output out;
    private final Messages messages;
    private final CommandRecognizer commands = new CommandRecognizer();
    private Header header = Header.NONE;
    private boolean databaseShown;

    private final Object lock = new Object();
    // Guarded by lock.
    private Statement current;
    private boolean cancelled;

    /** How a statement ended. */
    enum Outcome {
        DONE,
        FAILED,
        CANCELLED
    }

    StatementRunner(Connection connection, ResultFormat format, Output out, Messages messages) {
        this.connection = connection;
        this.format = format;
        this.out = out;
        this.messages = messages;
    }

    /** Has TSV begin with the names of its columns, or not. */
    void setHeader(Header value) {
        header = value;
    }

    /**
     * Runs one statement and prints its result, or why it failed.
     *
     * @throws org.skep.shell.print.OutputException if the result cannot be written
     */
    Outcome run(ScriptStatement source) {
        long began = Clock.SYSTEM.nanoTime();
        try (Statement statement = connection.createStatement()) {
            synchronized (lock) {
                current = statement;
                cancelled = false;
            }
            String told = execute(statement, source.text());
            messages.remark("%s (%s)".formatted(told, seconds(began)));
            noteSetting(source.text());
            return Outcome.DONE;
        } catch (SQLException e) {
            if (wasCancelled()) {
                messages.error("Cancelled (%s)".formatted(seconds(began)));
                return Outcome.CANCELLED;
            }
            messages.error(ErrorReport.of(e, source));
            return Outcome.FAILED;
        } finally {
            synchronized (lock) {
                current = null;
            }
        }
    }

    private String execute(Statement statement, String sql) throws SQLException {
        String told;
        if (statement.execute(sql)) {
            try (ResultSet result = statement.getResultSet()) {
                long rows = ResultPrinter.print(result, format, header, out);
                told = counted(rows, "");
                warn(statement);
            }
        } else {
            long written = written(statement);
            told = written < 0 ? "OK" : counted(written, " written");
            warn(statement);
        }
        return told;
    }

    private static String counted(long rows, String what) {
        return rows + (rows == 1 ? " row" : " rows") + what;
    }

    private static long written(Statement statement) throws SQLException {
        if (statement.isWrapperFor(SkepStatement.class)) {
            return statement.unwrap(SkepStatement.class).modifiedRows().orElse(-1);
        }
        long count = statement.getUpdateCount();
        return count > 0 ? count : -1;
    }

    private void warn(Statement statement) throws SQLException {
        for (SQLWarning warning = statement.getWarnings();
                warning != null;
                warning = warning.getNextWarning()) {
            messages.error("Warning: " + warning.getMessage());
        }
    }

    private static String seconds(long began) {
        Duration took = Duration.ofNanos(Clock.SYSTEM.nanoTime() - began);
        return String.format(Locale.ROOT, "%.2f s", took.toMillis() / 1000.0);
    }

    // The settings that are the shell's own business.
    private void noteSetting(String sql) {
        if (!sql.regionMatches(true, 0, "set", 0, 3)) {
            return;
        }
        try {
            Optional<Command> command = commands.recognize(sql);
            if (command.isPresent() && command.get() instanceof Command.SetVariable set) {
                boolean on = Boolean.parseBoolean(set.value());
                if (set.name().equals(PRINT_HEADER)) {
                    header = on ? Header.NAMES : Header.NONE;
                } else if (set.name().equals(PRINT_DATABASE)) {
                    databaseShown = on;
                }
            }
        } catch (SkepException e) {
            // The engine took it for something else, and so does the shell.
        }
    }

    /** The current database, if the session asked to see it. */
    Optional<String> database() {
        if (!databaseShown) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(connection.getSchema());
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private boolean wasCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    /** Asks the running statement to stop; without one nothing happens. From any thread. */
    void cancel() {
        Statement running;
        synchronized (lock) {
            running = current;
            cancelled = running != null;
        }
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException e) {
                messages.error("Cannot cancel: " + e.getMessage());
            }
        }
    }

    /** Runs a statement of the shell's own whose failure is of no interest. */
    void runSilently(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            // Another driver may not know it; then it has no effect.
        }
    }

    Connection connection() {
        return connection;
    }
}
