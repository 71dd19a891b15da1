package org.skep.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this driver's statements offer beyond JDBC; reached with {@code
 * statement.unwrap(SkepStatement.class)}.
 *
 * <p>A statement and its result belong to one thread at a time. {@link #cancel}, {@link #close} and
 * the methods declared here may be called from other threads meanwhile.
 */
public interface SkepStatement extends Statement {
    /** The name of the current query, as it appears in logs; empty before the first. */
    Optional<String> queryId() throws SQLException;

    /** How far the current query is, if it says so. */
    Optional<QueryProgress> progress() throws SQLException;

    /**
     * The log lines of the current query since the last call; none when there is no query or the
     * service keeps no logs.
     */
    List<String> takeLogs() throws SQLException;

    /** The rows that the last statement wrote, if it wrote and somebody counted. */
    OptionalLong modifiedRows() throws SQLException;

    /** What the last statement warned of, oldest first: {@link #getWarnings} as plain texts. */
    List<String> warnings() throws SQLException;
}
