package org.skep.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;
import org.skep.engine.StatementRun;
import org.skep.engine.result.Progress;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.StatementResult;
import org.skep.rpc.FetchOrientation;
import org.skep.rpc.FetchType;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.OperationHandle;
import org.skep.rpc.OperationState;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.ProgressUpdate;
import org.skep.rpc.StatusDetail;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.ColumnDescriptor;
import org.skep.rpc.schema.TableSchema;
import org.skep.server.rows.RowEncoder;
import org.skep.server.rows.WireTypes;

/**
 * A statement from its start until a client closes it. It counts as finished once its first rows
 * are on their way; what goes wrong after that is told by fetching. Rows stream: nothing is kept of
 * what was fetched.
 *
 * <p>Safe for use by many threads. The state is guarded by this object, the stream of rows by
 * {@link #rowsLock}; whoever holds both took the second first.
 */
final class StatementOperation implements Operation {
    static final RowSet NO_LOGS = new RowSet(0, List.of(StringColumn.of(List.of())));

    private static final NamedThreads THREADS = NamedThreads.called("operation");

    private final OperationHandle handle;
    private final StatementRun run;
    private final ErrorWording wording;
    private final Duration timeout;
    private final Clock clock;
    private final Object rowsLock = new Object();
    private final CountDownLatch ended = new CountDownLatch(1);

    // Guarded by this.
    private OperationState state = OperationState.PENDING;
    private HiveServiceException failure;
    private StatementResult result;
    private long startedMillis;
    private long completedMillis;
    private boolean cancelRequested;
    private boolean closed;

    // Guarded by rowsLock.
    private RowEncoder encoder;

    StatementOperation(
            OperationHandle handle,
            StatementRun run,
            ErrorWording wording,
            Duration timeout,
            Clock clock) {
        this.handle = handle;
        this.run = run;
        this.wording = wording;
        this.timeout = timeout;
        this.clock = clock;
    }

    void start() {
        THREADS.newThread(this::execute).start();
    }

    /**
     * Runs the statement on the calling thread until it ends or its first rows are on their way.
     */
    void execute() {
        synchronized (this) {
            startedMillis = clock.now().toEpochMilli();
            state = OperationState.RUNNING;
        }
        StatementResult produced = null;
        try {
            produced = run.execute(timeout);
            finish(OperationState.FINISHED, null, produced);
        } catch (SkepException e) {
            finish(stateAfter(e), wording.failure(e, run.text()), null);
        } catch (RuntimeException | Error e) {
            SkepException internal =
                    new SkepException(
                            ErrorCode.INTERNAL,
                            "Internal error, see the log for statement " + run.queryId(),
                            e);
            finish(OperationState.ERROR, wording.failure(internal, run.text()), null);
        } finally {
            ended.countDown();
        }
        if (isClosed() && produced != null) {
            closeResult(produced);
        }
    }

    private synchronized OperationState stateAfter(SkepException e) {
        if (e.code() != ErrorCode.CANCELLED) {
            return OperationState.ERROR;
        }
        return cancelRequested || timeout.isZero()
                ? OperationState.CANCELED
                : OperationState.TIMED_OUT;
    }

    private synchronized void finish(
            OperationState end, HiveServiceException why, StatementResult produced) {
        state = end;
        failure = why;
        result = produced;
        completedMillis = clock.now().toEpochMilli();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public OperationHandle handle() {
        return handle;
    }

    /** The failure, if it has failed by now. */
    synchronized HiveServiceException failure() {
        return failure;
    }

    synchronized boolean hasResult() {
        return result != null && result.hasRows();
    }

    @Override
    public OperationStatus status(Duration wait, StatusDetail detail) {
        await(wait);
        synchronized (this) {
            OperationStatus.Builder status =
                    OperationStatus.builder(state)
                            .hasResultSet(result != null && result.hasRows())
                            .failure(failure)
                            .times(startedMillis, completedMillis);
            if (result != null) {
                status.warnings(result.warnings());
                if (result.updateCount() != StatementResult.NO_COUNT) {
                    status.modifiedRows(result.updateCount());
                }
            }
            if (detail == StatusDetail.PROGRESS) {
                status.progress(progress());
            }
            return status.build();
        }
    }

    private void await(Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            return;
        }
        try {
            ended.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // The caller wants its answer now.
            Thread.currentThread().interrupt();
        }
    }

    private ProgressUpdate progress() {
        Progress progress = run.progress();
        int total = progress.tasksTotal();
        double fraction = total == 0 ? 0 : (double) progress.tasksDone() / total;
        boolean running = !state.isTerminal();
        return new ProgressUpdate(
                List.of("STATE", "TASKS", "DONE"),
                List.of(
                        List.of(
                                progress.state().toString(),
                                Integer.toString(total),
                                Integer.toString(progress.tasksDone()))),
                running ? fraction : 1,
                running ? ProgressUpdate.JobStatus.IN_PROGRESS : ProgressUpdate.JobStatus.COMPLETE,
                progress.elapsedMillis() + " ms",
                startedMillis);
    }

    @Override
    public TableSchema schema() throws HiveServiceException {
        TableSchema.Builder schema = TableSchema.builder();
        List<ColumnDescriptor> columns =
                requireRows().columns().stream().map(StatementOperation::descriptor).toList();
        return columns.isEmpty() ? schema.build() : new TableSchema(columns);
    }

    private static ColumnDescriptor descriptor(ResultColumn column) {
        return new ColumnDescriptor(
                column.name(), WireTypes.describe(column.type()), column.comment());
    }

    private synchronized StatementResult requireRows() throws HiveServiceException {
        if (closed) {
            throw HiveServiceException.invalidHandle(handle);
        }
        if (failure != null) {
            throw failure;
        }
        if (result == null) {
            throw new HiveServiceException("Statement has not finished: " + queryId(), "HY010", 0);
        }
        if (!result.hasRows()) {
            throw new HiveServiceException("Statement has no result: " + queryId(), "HY010", 0);
        }
        return result;
    }

    @Override
    public RowSet fetch(FetchOrientation orientation, long maxRows, FetchType type)
            throws HiveServiceException {
        if (type == FetchType.LOG) {
            return NO_LOGS;
        }
        StatementResult rows = requireRows();
        synchronized (rowsLock) {
            if (encoder == null) {
                encoder =
                        new RowEncoder(
                                rows.columns().stream().map(ResultColumn::type).toList(),
                                rows.zone(),
                                rows::next);
            }
            boolean fromHere =
                    orientation == FetchOrientation.NEXT
                            || (orientation == FetchOrientation.FIRST && encoder.rowsBefore() == 0);
            if (!fromHere) {
                throw HiveServiceException.notSupported("Fetching " + orientation);
            }
            requireRows();
            try {
                return encoder.next(maxRows);
            } catch (SkepException e) {
                throw fetchFailed(e);
            }
        }
    }

    private synchronized HiveServiceException fetchFailed(SkepException e) {
        state = stateAfter(e);
        failure = wording.failure(e, run.text());
        return failure;
    }

    @Override
    public void cancel() {
        synchronized (this) {
            cancelRequested = true;
        }
        run.cancel();
    }

    @Override
    public void close() {
        StatementResult open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = result;
        }
        if (!ended()) {
            cancel();
        }
        if (open != null) {
            closeResult(open);
        }
    }

    private boolean ended() {
        return ended.getCount() == 0;
    }

    // A fetch under way holds the lock; the flag makes it end.
    private void closeResult(StatementResult open) {
        run.cancel();
        synchronized (rowsLock) {
            open.close();
        }
    }

    @Override
    public String queryId() {
        return run.queryId();
    }
}
