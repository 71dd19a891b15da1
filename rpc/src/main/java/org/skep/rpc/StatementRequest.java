package org.skep.rpc;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Asks for a statement to be run. Immutable. */
public final class StatementRequest {
    private final String sql;
    private final Map<String, String> settings;
    private final ExecutionMode mode;
    private final Duration timeout;

    /**
     * A statement.
     *
     * @param sql one statement, without a semicolon at its end
     * @param settings for this statement only
     * @param timeout after which the service stops it with state TIMED_OUT; zero for none
     */
    public StatementRequest(
            String sql, Map<String, String> settings, ExecutionMode mode, Duration timeout) {
        this.sql = Objects.requireNonNull(sql, "sql");
        this.settings = Map.copyOf(settings);
        this.mode = Objects.requireNonNull(mode, "mode");
        this.timeout = Objects.requireNonNull(timeout, "timeout");
    }

    /** An asynchronous statement without settings of its own and without a limit of time. */
    public static StatementRequest asynchronous(String sql) {
        return new StatementRequest(sql, Map.of(), ExecutionMode.ASYNCHRONOUS, Duration.ZERO);
    }

    /** The statement. */
    public String sql() {
        return sql;
    }

    /** Settings for this statement only. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Whether the call waits for the end. */
    public ExecutionMode mode() {
        return mode;
    }

    /** The limit of time; zero for none. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether a call waits for the end of what it starts. */
    public enum ExecutionMode {
        SYNCHRONOUS,
        ASYNCHRONOUS
    }
}
