package org.skep.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.StatementRequest;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.schema.TableSchema;

/**
 * A statement: starts an asynchronous operation, waits for it, and keeps it open until the next one
 * or until it is closed.
 *
 * <p>Confined to one thread at a time, except for {@link #cancel}, {@link #close} and the methods
 * of {@link SkepStatement}; what those share with the executing thread is guarded by {@code lock}.
 */
class BasicStatement extends JdbcObject implements SkepStatement {
    private static final int NO_COUNT = -1;

    private final SkepConnection connection;
    private final HiveService service;
    private final Warnings warnings = new Warnings();
    private final Object lock = new Object();

    // Guarded by lock.
    private RunningQuery query;
    private boolean starting;
    private boolean cancelWhenStarted;
    private int knownWarnings;

    private volatile boolean closed;
    private final List<String> batch = new ArrayList<>();
    private SkepResultSet result;
    private long updateCount = NO_COUNT;
    private volatile long modifiedRows = OperationStatus.ROWS_UNKNOWN;
    private long maxRows;
    private int fetchSize;
    private int queryTimeout;
    private boolean closeOnCompletion;
    private boolean poolable;

    BasicStatement(SkepConnection connection, HiveService service) {
        this.connection = connection;
        this.service = service;
        this.fetchSize = connection.defaultFetchSize();
    }

    // ---- executing ----

    @Override
    public boolean execute(String sql) throws SQLException {
        return run(sql);
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return runQuery(sql);
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return saturated(runUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return runUpdate(sql);
    }

    final ResultSet runQuery(String sql) throws SQLException {
        if (!run(sql)) {
            throw new SQLException("Statement returns no result", SqlState.WRONG_SEQUENCE);
        }
        return result;
    }

    final long runUpdate(String sql) throws SQLException {
        if (run(sql)) {
            finishQuery();
            throw new SQLException("Statement returns a result", SqlState.WRONG_SEQUENCE);
        }
        return updateCount;
    }

    /** Runs a statement to its end; true if it has a result. */
    final boolean run(String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw new SQLException("Statement must not be null", SqlState.INVALID_ARGUMENT);
        }
        finishQuery();
        synchronized (lock) {
            warnings.clear();
            knownWarnings = 0;
            starting = true;
            cancelWhenStarted = false;
        }
        RunningQuery started = start(sql);
        OperationStatus status = started.await(queryTimeout);
        note(status);
        if (status.hasResultSet()) {
            TableSchema schema = started.schema();
            result =
                    new SkepResultSet(
                            this,
                            this::resultClosed,
                            schema,
                            new StatementRows(started),
                            maxRows,
                            fetchSize);
            return true;
        }
        updateCount = Math.max(0, status.modifiedRows());
        return false;
    }

    private RunningQuery start(String sql) throws SQLException {
        boolean cancel;
        RunningQuery started = null;
        try {
            StatementRequest request =
                    new StatementRequest(
                            sql,
                            Map.of(),
                            StatementRequest.ExecutionMode.ASYNCHRONOUS,
                            Duration.ofSeconds(queryTimeout));
            started =
                    new RunningQuery(
                            service, service.executeStatement(connection.session(), request));
        } catch (HiveServiceException e) {
            throw ServiceFailure.of(e);
        } finally {
            synchronized (lock) {
                starting = false;
                query = started;
                cancel = cancelWhenStarted;
            }
        }
        if (closed) {
            started.close();
        } else if (cancel) {
            started.cancel();
        }
        return started;
    }

    private void note(OperationStatus status) {
        modifiedRows = status.modifiedRows();
        List<String> texts = status.warnings();
        synchronized (lock) {
            for (String text : texts.subList(Math.min(knownWarnings, texts.size()), texts.size())) {
                warnings.add(text);
            }
            knownWarnings = texts.size();
        }
    }

    /** Rows of the query; at their end the query knows all that it has to warn of. */
    private final class StatementRows implements RowSource {
        private final RunningQuery running;

        private StatementRows(RunningQuery running) {
            this.running = running;
        }

        @Override
        public RowSet next(int rows) throws SQLException {
            RowSet fetched = running.next(rows);
            if (fetched.isEmpty()) {
                note(running.status());
            }
            return fetched;
        }

        @Override
        public void close() throws SQLException {
            running.close();
        }
    }

    // Closes the last result and forgets its query.
    private void finishQuery() throws SQLException {
        updateCount = NO_COUNT;
        modifiedRows = OperationStatus.ROWS_UNKNOWN;
        SkepResultSet open = result;
        result = null;
        RunningQuery last;
        synchronized (lock) {
            last = query;
            query = null;
        }
        if (open != null) {
            open.close();
        }
        if (last != null) {
            last.close();
        }
    }

    private void resultClosed() throws SQLException {
        if (closeOnCompletion) {
            close();
        }
    }

    @Override
    public void cancel() throws SQLException {
        checkOpen();
        RunningQuery running;
        synchronized (lock) {
            if (starting) {
                cancelWhenStarted = true;
            }
            running = query;
        }
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        connection.forget(this);
        finishQuery();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    final void checkOpen() throws SQLException {
        if (closed) {
            throw new SQLException("Statement is closed", SqlState.WRONG_SEQUENCE);
        }
    }

    private static int saturated(long count) {
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    // ---- results ----

    @Override
    public ResultSet getResultSet() throws SQLException {
        checkOpen();
        return result;
    }

    /** The rows written; 0 where nobody counts them, -1 where there is a result or no statement. */
    @Override
    public int getUpdateCount() throws SQLException {
        return saturated(getLargeUpdateCount());
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return updateCount;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    /** Always false: a statement has one result at most. */
    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (current == KEEP_CURRENT_RESULT) {
            throw Unsupported.feature("More than one open result");
        }
        updateCount = NO_COUNT;
        SkepResultSet open = result;
        result = null;
        if (open != null) {
            open.close();
        }
        return false;
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return new SkepResultSet(
                TableSchema.builder().build(), new FixedRows(List.of()), fetchSize);
    }

    // ---- batches ----

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw new SQLException("Statement must not be null", SqlState.INVALID_ARGUMENT);
        }
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return LongStream.of(executeLargeBatch())
                .mapToInt(count -> (int) Math.min(Integer.MAX_VALUE, count))
                .toArray();
    }

    /** Runs one statement after the other and stops at the first that fails. */
    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<String> statements = List.copyOf(batch);
        batch.clear();
        long[] counts = new long[statements.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                runUpdate(statements.get(i));
            } catch (SQLException e) {
                throw new BatchUpdateException(
                        e.getMessage(),
                        e.getSQLState(),
                        e.getErrorCode(),
                        Arrays.copyOf(counts, i),
                        e);
            }
            counts[i] = modifiedRows < 0 ? SUCCESS_NO_INFO : modifiedRows;
        }
        return counts;
    }

    // ---- extensions ----

    private Optional<RunningQuery> current() throws SQLException {
        checkOpen();
        synchronized (lock) {
            return Optional.ofNullable(query);
        }
    }

    @Override
    public Optional<String> queryId() throws SQLException {
        Optional<RunningQuery> running = current();
        return running.isPresent() ? running.get().queryId() : Optional.empty();
    }

    @Override
    public Optional<QueryProgress> progress() throws SQLException {
        Optional<RunningQuery> running = current();
        return running.isPresent() ? running.get().progress() : Optional.empty();
    }

    @Override
    public List<String> takeLogs() throws SQLException {
        Optional<RunningQuery> running = current();
        return running.isPresent() ? running.get().takeLogs() : List.of();
    }

    @Override
    public OptionalLong modifiedRows() throws SQLException {
        checkOpen();
        return modifiedRows < 0 ? OptionalLong.empty() : OptionalLong.of(modifiedRows);
    }

    @Override
    public List<String> warnings() throws SQLException {
        List<String> texts = new ArrayList<>();
        for (SQLWarning w = getWarnings(); w != null; w = w.getNextWarning()) {
            texts.add(w.getMessage());
        }
        return texts;
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings.first();
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings.clear();
    }

    // ---- settings ----

    @Override
    public Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return queryTimeout;
    }

    /** Limits the time until a result begins; 0 for no limit. */
    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        requireNotNegative("Query timeout", seconds);
        queryTimeout = seconds;
    }

    @Override
    public int getMaxRows() throws SQLException {
        return saturated(getLargeMaxRows());
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        setLargeMaxRows(max);
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        checkOpen();
        return maxRows;
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        checkOpen();
        requireNotNegative("Maximum of rows", max);
        maxRows = max;
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    /** Rows a fetch; 0 for what the service prefers. */
    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        requireNotNegative("Fetch size", rows);
        fetchSize = rows == 0 ? connection.defaultFetchSize() : rows;
    }

    private static void requireNotNegative(String what, long value) throws SQLException {
        if (value < 0) {
            throw new SQLException(
                    what + " must not be negative: " + value, SqlState.INVALID_ARGUMENT);
        }
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        checkOpen();
        return 0;
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        checkOpen();
        requireNotNegative("Maximum of bytes", max);
        if (max > 0) {
            throw Unsupported.feature("Cutting values");
        }
    }

    /** Has no effect: the driver sends statements as they are. */
    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        checkOpen();
        throw Unsupported.method("Statement.setCursorName");
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != ResultSet.FETCH_FORWARD) {
            throw Unsupported.feature("Fetching in another direction than forward");
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getResultSetType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public void setPoolable(boolean wanted) throws SQLException {
        checkOpen();
        poolable = wanted;
    }

    @Override
    public boolean isPoolable() throws SQLException {
        checkOpen();
        return poolable;
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        checkOpen();
        closeOnCompletion = true;
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        checkOpen();
        return closeOnCompletion;
    }

    // ---- quoting ----

    @Override
    public String enquoteLiteral(String text) {
        return SqlLiteral.of(text);
    }

    @Override
    public String enquoteNCharLiteral(String text) {
        return SqlLiteral.of(text);
    }

    @Override
    public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
        return alwaysQuote || !isSimpleIdentifier(identifier)
                ? SqlLiteral.identifier(identifier)
                : identifier;
    }

    @Override
    public boolean isSimpleIdentifier(String identifier) {
        return identifier.matches("[A-Za-z_][A-Za-z0-9_]{0,127}");
    }

    // ---- generated keys, which there are none of ----

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        refuseKeys(autoGeneratedKeys);
        return execute(sql);
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        refuseKeys(autoGeneratedKeys);
        return executeUpdate(sql);
    }

    private static void refuseKeys(int autoGeneratedKeys) throws SQLException {
        if (autoGeneratedKeys != Statement.NO_GENERATED_KEYS) {
            throw generatedKeys();
        }
    }

    private static SQLException generatedKeys() {
        return Unsupported.feature("Returning generated keys");
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        throw generatedKeys();
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        throw generatedKeys();
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        throw generatedKeys();
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        throw generatedKeys();
    }
}
