package org.skep.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.skep.rpc.FetchOrientation;
import org.skep.rpc.FetchType;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.OperationHandle;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.StatusCode;
import org.skep.rpc.StatusDetail;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.TableSchema;

/**
 * One statement at the service, from its start until its operation is closed. Thread-safe: waiting
 * belongs to one thread, everything else may be called meanwhile.
 */
final class RunningQuery implements RowSource {
    private static final Duration LONGEST_POLL = Duration.ofSeconds(5);
    private static final int LOG_LINES = 1_000;
    // How long to pause when the service answers without holding the call.
    private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final HiveService service;
    private final OperationHandle operation;
    private volatile boolean cancelled;
    private volatile boolean closed;
    private volatile String queryId;

    RunningQuery(HiveService service, OperationHandle operation) {
        this.service = service;
        this.operation = operation;
    }

    /**
     * Waits until the statement has finished.
     *
     * @param timeoutSeconds after which it is cancelled; 0 for never
     */
    OperationStatus await(int timeoutSeconds) throws SQLException {
        long start = System.nanoTime();
        long limit = TimeUnit.SECONDS.toNanos(timeoutSeconds);
        long pause = FIRST_PAUSE;
        while (true) {
            long asked = System.nanoTime();
            Duration wait = LONGEST_POLL;
            if (limit > 0) {
                long left = limit - (asked - start);
                if (left <= 0) {
                    cancel();
                    throw timedOut(timeoutSeconds);
                }
                wait = left < wait.toNanos() ? Duration.ofNanos(left) : wait;
            }
            OperationStatus status = status(wait, StatusDetail.STATE);
            if (status.state().isTerminal()) {
                return finished(status, timeoutSeconds);
            }
            if (System.nanoTime() - asked < FIRST_PAUSE) {
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        }
    }

    private OperationStatus finished(OperationStatus status, int timeoutSeconds)
            throws SQLException {
        HiveServiceException failure = status.failure().orElse(null);
        switch (status.state()) {
            case FINISHED:
                return status;
            case TIMED_OUT:
                throw failure == null
                        ? timedOut(timeoutSeconds)
                        : ServiceFailure.of(failure, SqlState.TIMED_OUT);
            case CANCELED:
                throw failure == null ? wasCancelled() : ServiceFailure.of(failure);
            case CLOSED:
                throw wasClosed();
            default:
                throw failure == null
                        ? new SQLException("Query failed", SqlState.GENERAL_ERROR)
                        : ServiceFailure.of(failure);
        }
    }

    private static SQLException timedOut(int seconds) {
        return new SQLTimeoutException(
                seconds > 0 ? "Query timed out after " + seconds + " s" : "Query timed out",
                SqlState.TIMED_OUT);
    }

    private static SQLException wasCancelled() {
        return new SQLException("Query was cancelled", SqlState.CANCELLED);
    }

    private static SQLException wasClosed() {
        return new SQLException("Statement was closed while its query ran", SqlState.CANCELLED);
    }

    OperationStatus status() throws SQLException {
        return status(Duration.ZERO, StatusDetail.STATE);
    }

    private OperationStatus status(Duration wait, StatusDetail detail) throws SQLException {
        try {
            return service.getOperationStatus(operation, wait, detail);
        } catch (HiveServiceException e) {
            throw failure(e);
        }
    }

    // A failed call after a cancel or a close by the user says so.
    private SQLException failure(HiveServiceException e) {
        if (closed) {
            return wasClosed();
        }
        if (cancelled && (e.sqlState().equals(SqlState.CANCELLED) || isGone(e))) {
            return wasCancelled();
        }
        return ServiceFailure.of(e);
    }

    private static boolean isGone(HiveServiceException e) {
        return e.statusCode() == StatusCode.INVALID_HANDLE;
    }

    TableSchema schema() throws SQLException {
        try {
            return service.getResultSetMetadata(operation);
        } catch (HiveServiceException e) {
            throw failure(e);
        }
    }

    @Override
    public RowSet next(int maxRows) throws SQLException {
        try {
            return service.fetchResults(
                    operation, FetchOrientation.NEXT, maxRows, FetchType.RESULTS);
        } catch (HiveServiceException e) {
            throw failure(e);
        }
    }

    void cancel() throws SQLException {
        cancelled = true;
        try {
            service.cancelOperation(operation);
        } catch (HiveServiceException e) {
            if (!isGone(e)) {
                throw ServiceFailure.of(e);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            service.closeOperation(operation);
        } catch (HiveServiceException e) {
            // An operation that is gone is as good as closed: the session may have ended.
            if (!isGone(e)) {
                throw ServiceFailure.of(e);
            }
        }
    }

    /** The name of the query; none if it was never asked for before the query was closed. */
    Optional<String> queryId() throws SQLException {
        if (queryId == null && !closed) {
            try {
                queryId = service.getQueryId(operation);
            } catch (HiveServiceException e) {
                if (!isGone(e)) {
                    throw ServiceFailure.of(e);
                }
            }
        }
        return Optional.ofNullable(queryId);
    }

    Optional<QueryProgress> progress() throws SQLException {
        if (closed) {
            return Optional.empty();
        }
        return status(Duration.ZERO, StatusDetail.PROGRESS)
                .progress()
                .map(p -> new QueryProgress(p.headers(), p.rows(), p.fraction(), p.footer()));
    }

    List<String> takeLogs() throws SQLException {
        List<String> lines = new ArrayList<>();
        while (!closed) {
            RowSet rows = logRows();
            if (rows.isEmpty()) {
                break;
            }
            StringColumn column = (StringColumn) rows.column(0);
            for (int row = 0; row < rows.rowCount(); row++) {
                lines.add(column.value(row));
            }
        }
        return lines;
    }

    private RowSet logRows() throws SQLException {
        try {
            return service.fetchResults(operation, FetchOrientation.NEXT, LOG_LINES, FetchType.LOG);
        } catch (HiveServiceException e) {
            if (isGone(e) || e.sqlState().equals(SqlState.NOT_AN_OPTION)) {
                return new RowSet(0, List.of());
            }
            throw ServiceFailure.of(e);
        }
    }
}
