package org.skep.tez.task;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.tez.dag.api.InputDescriptor;
import org.apache.tez.dag.api.UserPayload;
import org.apache.tez.dag.api.VertexManagerPlugin;
import org.apache.tez.dag.api.VertexManagerPluginContext;
import org.apache.tez.dag.api.VertexManagerPluginContext.ScheduleTaskRequest;
import org.apache.tez.runtime.api.Event;
import org.apache.tez.runtime.api.TaskAttemptIdentifier;
import org.apache.tez.runtime.api.events.CustomProcessorEvent;
import org.apache.tez.runtime.api.events.VertexManagerEvent;
import org.skep.base.fault.Crash;

/**
 * Starts the tasks of a stage once all that it reads has been sent, and gives each task its splits.
 * A task reads all of its input before it begins, so starting earlier would only hold a place that
 * the senders may need. Confined to the thread that Tez calls it on.
 */
public final class StageVertexManager extends VertexManagerPlugin {
    private final Map<String, Set<Integer>> completed = new HashMap<>();
    private boolean started;
    private boolean scheduled;

    /** Called by Tez. */
    public StageVertexManager(VertexManagerPluginContext context) {
        super(context);
    }

    @Override
    public void initialize() {
        // There is nothing to prepare.
    }

    @Override
    public void onVertexStarted(List<TaskAttemptIdentifier> completions) {
        guarded(() -> start(completions));
    }

    @Override
    public void onSourceTaskCompleted(TaskAttemptIdentifier attempt) {
        guarded(
                () -> {
                    note(attempt);
                    scheduleIfReady();
                });
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    // Tez fails the query for an exception. An error would end its thread of events, and with it,
    // in local mode, the process.
    private static void guarded(Work work) {
        try {
            Crash.point("tez.schedule");
            work.run();
        } catch (IOException | RuntimeException | Error e) {
            throw TaskFailure.of(e);
        }
    }

    private void start(List<TaskAttemptIdentifier> completions) throws IOException {
        started = true;
        completions.forEach(this::note);
        UserPayload payload = getContext().getUserPayload();
        if (payload != null && payload.getPayload() != null) {
            List<ByteBuffer> tasks = SplitsPayload.cut(payload.getPayload());
            for (int task = 0; task < tasks.size(); task++) {
                getContext()
                        .sendEventToProcessor(
                                List.of(CustomProcessorEvent.create(tasks.get(task))), task);
            }
        }
        scheduleIfReady();
    }

    private void note(TaskAttemptIdentifier attempt) {
        completed
                .computeIfAbsent(
                        attempt.getTaskIdentifier().getVertexIdentifier().getName(),
                        name -> new HashSet<>())
                .add(attempt.getTaskIdentifier().getIdentifier());
    }

    private void scheduleIfReady() {
        if (!started || scheduled) {
            return;
        }
        for (String sender : getContext().getInputVertexEdgeProperties().keySet()) {
            int tasks = getContext().getVertexNumTasks(sender);
            if (completed.getOrDefault(sender, Set.of()).size() < tasks) {
                return;
            }
        }
        scheduled = true;
        List<ScheduleTaskRequest> requests = new ArrayList<>();
        int tasks = getContext().getVertexNumTasks(getContext().getVertexName());
        for (int task = 0; task < tasks; task++) {
            requests.add(ScheduleTaskRequest.create(task, null));
        }
        getContext().scheduleTasks(requests);
    }

    @Override
    public void onVertexManagerEventReceived(VertexManagerEvent event) {
        // The outputs' statistics are of no use here.
    }

    @Override
    public void onRootVertexInitialized(
            String input, InputDescriptor descriptor, List<Event> events) {
        throw new IllegalStateException("A stage has no root inputs: " + input);
    }
}
