package org.skep.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.result.BatchStream;
import org.skep.engine.result.Progress;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.EngineServices;
import org.skep.engine.session.SessionState;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SettingKeys;
import org.skep.engine.statement.StatementExecutor;
import org.skep.parser.VariableSubstitution;
import org.skep.types.vector.ColumnBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement on its way from text to result. {@link #execute} is called once; the other methods
 * are safe for use by many threads at any time.
 */
public final class StatementRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(StatementRun.class);
    // Nested expressions recurse through the parser, the binder and the planner.
    private static final NamedThreads THREADS = NamedThreads.withStack("statement", 64L << 20);

    private final StatementContext context;
    private final long beganNanos;
    private final AtomicReference<Progress.State> state =
            new AtomicReference<>(Progress.State.PENDING);
    private volatile boolean timedOut;

    private final Set<StatementRun> running;

    private StatementRun(StatementContext context, Set<StatementRun> running) {
        this.context = context;
        this.running = running;
        this.beganNanos = context.services().clock().nanoTime();
    }

    static StatementRun of(
            EngineServices services, SessionState session, String sql, Set<StatementRun> running) {
        boolean substitute = session.settings().get(SettingKeys.VARIABLE_SUBSTITUTE);
        String text = substitute ? new VariableSubstitution(session.settings()).apply(sql) : sql;
        return new StatementRun(
                new StatementContext(
                        services, session, QueryIds.next(services.clock()), text, new CancelFlag()),
                running);
    }

    /** The statement's id, unique in the warehouse. */
    public String queryId() {
        return context.queryId();
    }

    /** The statement as it is parsed: variables are replaced. Places in errors are places in it. */
    public String text() {
        return context.text();
    }

    /** How far it is. */
    public Progress progress() {
        long nanos = context.services().clock().nanoTime() - beganNanos;
        return new Progress(
                state.get(),
                context.tasksDone().get(),
                context.tasksTotal().get(),
                Duration.ofNanos(nanos).toMillis());
    }

    /** Asks it to stop; {@link #execute} or the reading of rows then fails with CANCELLED. */
    public void cancel() {
        context.cancelFlag().cancel();
    }

    /**
     * Asks it to stop unless it, rows and all, ends in time.
     *
     * @param timeout zero for no limit
     */
    public StatementResult execute(Duration timeout) {
        if (timeout.isZero()) {
            return execute();
        }
        ScheduledFuture<?> alarm = Alarms.in(timeout, this::timeOut);
        try {
            StatementResult result = execute();
            return watched(result, () -> alarm.cancel(false));
        } catch (RuntimeException e) {
            alarm.cancel(false);
            throw e;
        }
    }

    private void timeOut() {
        timedOut = true;
        cancel();
    }

    /**
     * Runs it and returns once it is done or its first rows are on their way.
     *
     * @throws SkepException with the code of what went wrong
     */
    public StatementResult execute() {
        if (!state.compareAndSet(Progress.State.PENDING, Progress.State.COMPILING)) {
            throw new IllegalStateException("Statement was executed before: " + queryId());
        }
        running.add(this);
        AtomicReference<StatementResult> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        THREADS.newThread(
                        () -> {
                            try {
                                context.cancelFlag().check();
                                result.set(new StatementExecutor(context).execute());
                            } catch (Throwable e) {
                                failure.set(e);
                            } finally {
                                context.close();
                                done.countDown();
                            }
                        })
                .start();
        await(done);
        if (failure.get() != null) {
            throw failed(failure.get());
        }
        if (!result.get().hasRows()) {
            ended(Progress.State.FINISHED);
            return result.get();
        }
        state.set(Progress.State.RUNNING);
        return watched(result.get(), () -> {});
    }

    private void ended(Progress.State how) {
        state.set(how);
        running.remove(this);
    }

    private void await(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                // The statement ends by the flag; the interrupt is kept for the caller.
                interrupted = true;
                cancel();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private StatementResult watched(StatementResult result, Runnable atEnd) {
        if (!result.hasRows()) {
            atEnd.run();
            return result;
        }
        BatchStream stream =
                new BatchStream() {
                    @Override
                    public ColumnBatch next() {
                        try {
                            ColumnBatch batch = result.next();
                            if (batch == null) {
                                ended(Progress.State.FINISHED);
                                atEnd.run();
                            }
                            return batch;
                        } catch (Throwable e) {
                            atEnd.run();
                            throw failed(e);
                        }
                    }

                    @Override
                    public void close() {
                        if (state.get() == Progress.State.RUNNING) {
                            ended(Progress.State.FINISHED);
                        }
                        atEnd.run();
                        result.close();
                    }
                };
        return StatementResult.rows(
                result.queryId(), result.columns(), stream, result.zone(), context::warnings);
    }

    /**
     * Turns any failure into one with a code; what is a fault of ours goes to the log with all that
     * is known.
     */
    private SkepException failed(Throwable cause) {
        boolean cancelled = cause instanceof SkepException e && e.code() == ErrorCode.CANCELLED;
        ended(cancelled ? Progress.State.CANCELLED : Progress.State.FAILED);
        if (cancelled && timedOut) {
            return new SkepException(ErrorCode.CANCELLED, "Statement ran out of time", cause);
        }
        if (cause instanceof SkepException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                return internal(e);
            }
            return e;
        }
        if (cause instanceof OutOfMemoryError) {
            LOGGER.error("Statement {} ran out of heap: {}", queryId(), text(), cause);
            return new SkepException(
                    ErrorCode.MEMORY_LIMIT, "Statement needs more memory than there is", cause);
        }
        if (cause instanceof StackOverflowError) {
            return new SkepException(
                    ErrorCode.NESTING_TOO_DEEP, "Statement is nested too deeply", cause);
        }
        return internal(cause);
    }

    // The log has what we need; the user is told nothing of our classes.
    private SkepException internal(Throwable cause) {
        LOGGER.error("Statement {} failed: {}", queryId(), text(), cause);
        return new SkepException(
                ErrorCode.INTERNAL,
                "Internal error, see the log for statement " + queryId(),
                cause);
    }
}
