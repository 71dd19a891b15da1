package org.skep.executor.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.skep.executor.build.OperatorBuilder;
import org.skep.executor.build.StageState;
import org.skep.executor.exchange.Exchange;
import org.skep.executor.exchange.ExchangeSink;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.TaskContext;
import org.skep.executor.vector.Copies;
import org.skep.plan.codec.FragmentCodec;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageOutput;
import org.skep.storage.WrittenFile;
import org.skep.types.vector.ColumnBatch;

/** A task of a stage: runs for a while each time it gets a thread. One thread at a time. */
final class TaskRun implements Runnable {
    private static final long SLICE_NANOS = 50_000_000;

    private final QueryRun query;
    private final Executor executor;
    private final byte[] fragment;
    private final Stage stage;
    private final StageState state;
    private final int task;
    private final int tasks;
    private final List<ExchangeSink> sinks = new ArrayList<>();
    private final Map<Integer, List<WrittenFile>> files = new HashMap<>();
    private TaskContext context;
    private PhysicalNode plan;
    private Operator root;

    /**
     * A task.
     *
     * @param fragment the stage's bytes, or null to take the stage as it is
     */
    TaskRun(
            QueryRun query,
            Executor executor,
            byte[] fragment,
            Stage stage,
            StageState state,
            int task,
            int tasks) {
        this.query = query;
        this.executor = executor;
        this.fragment = fragment;
        this.stage = stage;
        this.state = state;
        this.task = task;
        this.tasks = tasks;
    }

    @Override
    public void run() {
        boolean done = false;
        Throwable problem = null;
        try {
            done = work();
        } catch (Throwable e) {
            // Whatever it is, it ends the query and not the thread, which serves others.
            problem = e;
        }
        if (done || problem != null) {
            end(problem);
        }
    }

    private void end(Throwable first) {
        Throwable problem = first;
        try {
            if (root != null) {
                root.close();
            }
        } catch (Throwable e) {
            problem = problem == null ? e : problem;
        }
        root = null;
        query.taskEnded(stage, problem, files);
    }

    /** Runs until the end (true), or until it should be run again (false). */
    private boolean work() {
        if (root == null) {
            open();
        }
        long start = System.nanoTime();
        boolean result = stage.output() instanceof StageOutput.Result;
        while (true) {
            context.checkStopped();
            if (result && query.park(this)) {
                return false;
            }
            ColumnBatch batch = root.next();
            if (batch == null) {
                sinks.forEach(ExchangeSink::finish);
                return true;
            }
            if (result) {
                query.addResult(Copies.of(batch, plan.outputTypes()));
            } else {
                sinks.forEach(sink -> sink.write(batch));
            }
            if (System.nanoTime() - start > SLICE_NANOS) {
                executor.execute(this);
                return false;
            }
        }
    }

    private void open() {
        plan = fragment == null ? stage.root() : FragmentCodec.decode(fragment).stage().root();
        context =
                TaskContext.of(
                        query.context(),
                        query.services(),
                        stage.name(),
                        task,
                        tasks,
                        query.stop(),
                        query.damageCounts());
        context.checkStopped();
        for (Exchange exchange : query.outputsOf(stage)) {
            sinks.add(
                    new ExchangeSink(exchange, task, stage.output(), query.context().batchRows()));
        }
        root =
                new OperatorBuilder(
                                context,
                                state,
                                (target, file) ->
                                        files.computeIfAbsent(target, key -> new ArrayList<>())
                                                .add(file))
                        .build(plan);
    }
}
