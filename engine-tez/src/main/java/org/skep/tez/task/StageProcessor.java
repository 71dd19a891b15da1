package org.skep.tez.task;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.tez.runtime.api.AbstractLogicalIOProcessor;
import org.apache.tez.runtime.api.Event;
import org.apache.tez.runtime.api.LogicalInput;
import org.apache.tez.runtime.api.LogicalOutput;
import org.apache.tez.runtime.api.ProcessorContext;
import org.apache.tez.runtime.api.TaskFailureType;
import org.apache.tez.runtime.api.events.CustomProcessorEvent;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.fault.Crash;
import org.skep.executor.fragment.Attempt;
import org.skep.executor.fragment.FragmentTask;
import org.skep.executor.task.Services;
import org.skep.executor.task.TaskContext;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.TaskFragment;
import org.skep.plan.stage.TaskReport;
import org.skep.tez.files.HadoopFileSystems;

/**
 * Runs one attempt at a task of a stage. Tez calls {@link #run} on one thread, and the rest on
 * others.
 */
public final class StageProcessor extends AbstractLogicalIOProcessor {
    // Attempts of a restarted application master begin at 0 again.
    private static final int ATTEMPTS_A_MASTER = 1000;

    private final CancelFlag stop = new CancelFlag();
    private final Object arrival = new Object();
    private ByteBuffer splits;
    private volatile boolean aborted;

    /** Called by Tez. */
    public StageProcessor(ProcessorContext context) {
        super(context);
    }

    @Override
    public void initialize() {
        // Everything waits for run, where failures are reported.
    }

    @Override
    public void handleEvents(List<Event> events) {
        for (Event event : events) {
            if (event instanceof CustomProcessorEvent mine) {
                synchronized (arrival) {
                    splits = mine.getPayload();
                    arrival.notifyAll();
                }
            }
        }
    }

    @Override
    public void abort() {
        aborted = true;
        stop.cancel();
    }

    @Override
    public void close() {
        stop.cancel();
    }

    @Override
    public void run(Map<String, LogicalInput> inputs, Map<String, LogicalOutput> outputs)
            throws Exception {
        try {
            for (LogicalInput input : inputs.values()) {
                input.start();
            }
            for (LogicalOutput output : outputs.values()) {
                output.start();
            }
            Crash.point("tez.run");
            work(inputs, outputs);
        } catch (InterruptedException e) {
            // Tez ends a task that it wants no more by an interrupt.
            Thread.currentThread().interrupt();
            throw e;
        } catch (Exception | Error e) {
            if (aborted) {
                throw e;
            }
            TaskFailure failure = TaskFailure.of(e);
            if (failure.hopeless()) {
                getContext().reportFailure(TaskFailureType.FATAL, failure, failure.getMessage());
            }
            throw failure;
        }
    }

    private void work(Map<String, LogicalInput> inputs, Map<String, LogicalOutput> outputs)
            throws Exception {
        HadoopFileSystems.configure(getContext().getContainerConfiguration());
        StagePayload payload = StagePayload.of(getContext().getUserPayload().getPayload());
        List<ScanSplit> mine =
                payload.hasSplits() ? SplitsPayload.read(awaitSplits()) : List.<ScanSplit>of();
        int task = getContext().getTaskIndex();
        int number =
                (getContext().getDAGAttemptNumber() - 1) * ATTEMPTS_A_MASTER
                        + getContext().getTaskAttemptNumber();
        String name = TaskContext.nameOf(payload.fragment().stage().name(), task) + "_" + number;
        QueryContext query = here(payload.fragment().context());
        CancelFlag cancel = LiveQueries.flag(getContext().getDAGName(), stop);
        Services services = ProcessServices.of(query, name, cancel);
        TaskFiles files = new TaskFiles(payload.directory(), task, number);
        TaskReport report;
        try (TezEdges edges = new TezEdges(payload, query, inputs, outputs, services, files)) {
            report =
                    new FragmentTask(
                                    new TaskFragment(query, payload.fragment().stage()),
                                    mine,
                                    new Attempt(name, task, getContext().getVertexParallelism()),
                                    services,
                                    stop)
                            .run(edges);
        }
        Crash.point("tez.report");
        files.write(services.fileSystems().of(payload.directory()), report);
    }

    private ByteBuffer awaitSplits() throws InterruptedException {
        synchronized (arrival) {
            while (splits == null) {
                arrival.wait();
            }
            return splits;
        }
    }

    // What does not fit in memory goes to the disk that Tez lends to this task.
    private QueryContext here(QueryContext query) {
        return new QueryContext(
                query.queryId(),
                query.user(),
                query.database(),
                query.zone(),
                query.instantMicros(),
                query.settings(),
                query.memoryLimit(),
                getContext().getWorkDirs()[0] + "/skep-spill",
                query.batchRows(),
                query.strict());
    }
}
