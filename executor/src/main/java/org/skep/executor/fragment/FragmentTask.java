package org.skep.executor.fragment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.skep.base.concurrent.CancelFlag;
import org.skep.executor.build.OperatorBuilder;
import org.skep.executor.build.StageState;
import org.skep.executor.exchange.ExchangeSink;
import org.skep.executor.exchange.ExchangeSource;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.DamageCounts;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.Services;
import org.skep.executor.task.TaskContext;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageOutput;
import org.skep.plan.stage.TaskFragment;
import org.skep.plan.stage.TaskReport;
import org.skep.types.vector.ColumnBatch;

/**
 * Runs one task from beginning to end on the calling thread. Another attempt with the same fragment
 * and splits sends the same rows and writes the same rows to other files. Confined to one thread.
 */
public final class FragmentTask {
    private final QueryContext query;
    private final Stage stage;
    private final List<ScanSplit> splits;
    private final Attempt attempt;
    private final Services services;
    private final CancelFlag stop;

    /**
     * A task.
     *
     * @param splits this task's share of them
     * @param services of the process that the task runs in
     * @param stop raised to end the task
     */
    public FragmentTask(
            TaskFragment fragment,
            List<ScanSplit> splits,
            Attempt attempt,
            Services services,
            CancelFlag stop) {
        query = fragment.context();
        stage = fragment.stage();
        this.splits = List.copyOf(splits);
        this.attempt = attempt;
        this.services = services;
        this.stop = stop;
    }

    /**
     * Runs it.
     *
     * @return what it did besides sending rows
     * @throws org.skep.base.error.SkepException whatever its operators fail with, or CANCELLED
     */
    public TaskReport run(TaskEdges edges) {
        Map<String, ExchangeSource> sources = new HashMap<>();
        Map<Integer, List<ScanSplit>> byScan = new HashMap<>();
        connect(stage.root(), edges, sources, byScan);
        splits.forEach(split -> byScan.get(split.scanId()).add(split));
        DamageCounts damage = new DamageCounts();
        TaskContext context =
                TaskContext.of(
                        query,
                        services,
                        stage.name(),
                        attempt.name(),
                        attempt.task(),
                        attempt.tasks(),
                        stop,
                        damage);
        List<TaskReport.Written> files = new ArrayList<>();
        try (StageState state =
                new StageState(stage.name(), attempt.tasks(), stop, byScan, sources::get)) {
            OperatorBuilder builder =
                    new OperatorBuilder(
                            context,
                            state,
                            (target, file) -> files.add(new TaskReport.Written(target, file)));
            Operator root = builder.build(stage.root());
            try {
                drain(root, context, edges);
            } finally {
                root.close();
            }
            return new TaskReport(
                    files,
                    counts(damage),
                    state.allStatistics().stream().map(OperatorStatistics::counts).toList());
        }
    }

    private static Map<String, Long> counts(DamageCounts damage) {
        Map<String, Long> counts = new TreeMap<>();
        damage.toMap().forEach((kind, count) -> counts.put(kind.name(), count));
        return counts;
    }

    private static void connect(
            PhysicalNode node,
            TaskEdges edges,
            Map<String, ExchangeSource> sources,
            Map<Integer, List<ScanSplit>> byScan) {
        if (node instanceof PhysicalNode.ExchangeRead read) {
            sources.put(read.stage(), edges.source(read));
        } else if (node instanceof PhysicalNode.TableScan scan) {
            byScan.put(scan.scanId(), new ArrayList<>());
        }
        node.inputs().forEach(input -> connect(input, edges, sources, byScan));
    }

    private void drain(Operator root, TaskContext context, TaskEdges edges) {
        List<ExchangeSink> sinks = new ArrayList<>();
        for (String reader : stage.readers()) {
            sinks.add(
                    new ExchangeSink(
                            edges.target(reader),
                            attempt.task(),
                            stage.output(),
                            query.batchRows()));
        }
        Consumer<ColumnBatch> result =
                stage.output() instanceof StageOutput.Result ? edges.result() : batch -> {};
        context.checkStopped();
        for (ColumnBatch batch = root.next(); batch != null; batch = root.next()) {
            context.checkStopped();
            ColumnBatch current = batch;
            sinks.forEach(sink -> sink.write(current));
            result.accept(batch);
        }
        sinks.forEach(ExchangeSink::finish);
    }
}
