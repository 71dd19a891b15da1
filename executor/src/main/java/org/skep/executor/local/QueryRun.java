package org.skep.executor.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.build.StageState;
import org.skep.executor.dag.DagRun;
import org.skep.executor.dag.TaskCounts;
import org.skep.executor.exchange.Exchange;
import org.skep.executor.task.DamageCounts;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.Services;
import org.skep.functions.api.EvalContext;
import org.skep.plan.codec.FragmentCodec;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;
import org.skep.plan.stage.TaskFragment;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;

/**
 * A running query, and its result. One thread pulls and closes; the tasks run on others. All state
 * is guarded by this object. Whoever gets it closes it; closing before the end stops the tasks and
 * waits for them.
 */
public final class QueryRun implements DagRun {
    private static final int MOST_QUEUED = 16;
    private static final long POLL_MILLIS = 10;

    private final Executor executor;
    private final Exchange.Form form;
    private final StageGraph graph;
    private final QueryContext context;
    private final Map<Integer, List<ScanSplit>> splits;
    private final Services services;
    private final TaskCounts counts;
    private final CancelFlag stop = new CancelFlag();
    private final DamageCounts damage = new DamageCounts();
    private final Map<String, StageRun> stages = new HashMap<>();
    private final Map<Edge, Exchange> exchanges = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Deque<ColumnBatch> results = new ArrayDeque<>();
    private final List<TaskRun> parked = new ArrayList<>();
    private final Map<Integer, List<WrittenFile>> written = new TreeMap<>();
    private int running;
    private SkepException failure;
    private boolean finished;

    /** From one stage to another. */
    private record Edge(String sender, String reader) {}

    /** A stage that has begun. */
    private static final class StageRun {
        private final StageState state;
        private int tasksLeft;

        StageRun(StageState state, int tasksLeft) {
            this.state = state;
            this.tasksLeft = tasksLeft;
        }
    }

    QueryRun(
            Executor executor,
            int parallelism,
            Exchange.Form form,
            StageGraph graph,
            QueryContext context,
            Map<Integer, List<ScanSplit>> splits,
            Services services) {
        this.executor = executor;
        this.form = form;
        this.graph = graph;
        this.context = context;
        this.splits = splits;
        this.services = services;
        counts = new TaskCounts(graph, splits, parallelism);
    }

    @Override
    public List<DataType> types() {
        Stage last = graph.last();
        return last.output() instanceof StageOutput.Result ? last.root().outputTypes() : List.of();
    }

    synchronized void begin() {
        beginReadyStages();
    }

    private void beginReadyStages() {
        for (Stage stage : graph.stages()) {
            if (!stages.containsKey(stage.name()) && ended.containsAll(sendersTo(stage.root()))) {
                begin(stage);
            }
        }
    }

    private static Set<String> sendersTo(PhysicalNode node) {
        Set<String> senders = new HashSet<>();
        addSenders(node, senders);
        return senders;
    }

    private static void addSenders(PhysicalNode node, Set<String> senders) {
        if (node instanceof PhysicalNode.ExchangeRead read) {
            senders.add(read.stage());
        }
        node.inputs().forEach(input -> addSenders(input, senders));
    }

    private void begin(Stage stage) {
        int tasks = counts.of(stage.name());
        for (String reader : stage.readers()) {
            exchanges.put(
                    new Edge(stage.name(), reader),
                    new Exchange(
                            stage.name(),
                            stage.root().outputTypes(),
                            tasks,
                            counts.of(reader),
                            stage.output() instanceof StageOutput.Broadcast,
                            form,
                            context,
                            services));
        }
        byte[] fragment =
                form == Exchange.Form.BYTES
                        ? FragmentCodec.encode(new TaskFragment(context, stage))
                        : null;
        StageState state =
                new StageState(
                        stage.name(), tasks, stop, splitsOf(stage), sender -> edge(sender, stage));
        stages.put(stage.name(), new StageRun(state, tasks));
        running += tasks;
        for (int task = 0; task < tasks; task++) {
            executor.execute(new TaskRun(this, executor, fragment, stage, state, task, tasks));
        }
    }

    private Map<Integer, List<ScanSplit>> splitsOf(Stage stage) {
        Map<Integer, List<ScanSplit>> wanted = new HashMap<>();
        addSplits(stage.root(), wanted);
        return wanted;
    }

    private void addSplits(PhysicalNode node, Map<Integer, List<ScanSplit>> wanted) {
        if (node instanceof PhysicalNode.TableScan scan) {
            List<ScanSplit> list = splits.getOrDefault(scan.scanId(), List.of());
            wanted.put(
                    scan.scanId(),
                    form == Exchange.Form.BYTES
                            ? FragmentCodec.decodeSplits(FragmentCodec.encodeSplits(list))
                            : list);
        }
        node.inputs().forEach(input -> addSplits(input, wanted));
    }

    private synchronized Exchange edge(String sender, Stage reader) {
        return exchanges.get(new Edge(sender, reader.name()));
    }

    /** The exchanges that a stage fills, one for each reader. */
    synchronized List<Exchange> outputsOf(Stage stage) {
        return stage.readers().stream()
                .map(reader -> exchanges.get(new Edge(stage.name(), reader)))
                .toList();
    }

    QueryContext context() {
        return context;
    }

    Services services() {
        return services;
    }

    CancelFlag stop() {
        return stop;
    }

    DamageCounts damageCounts() {
        return damage;
    }

    /** Takes a batch of the result, which lives on. */
    synchronized void addResult(ColumnBatch batch) {
        if (!stop.isCancelled()) {
            results.add(batch);
            notifyAll();
        }
    }

    /** Sets a task aside if nobody takes the results at present; it is then run again later. */
    synchronized boolean park(TaskRun task) {
        if (results.size() < MOST_QUEUED || stop.isCancelled()) {
            return false;
        }
        parked.add(task);
        return true;
    }

    private void unpark() {
        parked.forEach(executor::execute);
        parked.clear();
    }

    /** Notes the end of a task. */
    synchronized void taskEnded(
            Stage stage, Throwable problem, Map<Integer, List<WrittenFile>> files) {
        running--;
        if (problem != null) {
            fail(problem);
        } else {
            files.forEach(
                    (target, list) ->
                            written.computeIfAbsent(target, key -> new ArrayList<>()).addAll(list));
        }
        StageRun run = stages.get(stage.name());
        run.tasksLeft--;
        if (run.tasksLeft == 0 && failure == null) {
            endStage(stage, run);
        }
        if (running == 0 && (failure != null || stages.size() == graph.stages().size())) {
            finish();
        }
        notifyAll();
    }

    private void endStage(Stage stage, StageRun run) {
        run.state.close();
        ended.add(stage.name());
        for (String sender : sendersTo(stage.root())) {
            exchanges.get(new Edge(sender, stage.name())).close();
        }
        try {
            if (stages.size() < graph.stages().size()) {
                stop.check();
            }
            beginReadyStages();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Throwable problem) {
        if (failure == null) {
            failure = described(problem);
        }
        stop.cancel();
        results.clear();
        unpark();
    }

    private static SkepException described(Throwable problem) {
        if (problem instanceof SkepException known) {
            return known;
        }
        if (problem instanceof OutOfMemoryError) {
            return new SkepException(
                    ErrorCode.MEMORY_LIMIT, "Memory of the process exhausted", problem);
        }
        return new SkepException(
                ErrorCode.INTERNAL, "Internal error: " + problem.getMessage(), problem);
    }

    private void finish() {
        finished = true;
        stages.values().forEach(stage -> stage.state.close());
        exchanges.values().forEach(Exchange::close);
    }

    @Override
    public synchronized ColumnBatch next() {
        while (true) {
            if (failure != null) {
                throw failure;
            }
            ColumnBatch batch = results.poll();
            if (batch != null) {
                if (results.size() <= MOST_QUEUED / 2) {
                    unpark();
                }
                return batch;
            }
            if (finished) {
                return null;
            }
            awaitChange();
        }
    }

    private void awaitChange() {
        boolean interrupted = false;
        while (failure == null && results.isEmpty() && !finished) {
            if (services.cancelFlag().isCancelled() || interrupted) {
                stop.cancel();
                unpark();
            }
            try {
                wait(POLL_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized Map<Integer, List<WrittenFile>> writtenFiles() {
        Map<Integer, List<WrittenFile>> copy = new TreeMap<>();
        written.forEach((target, files) -> copy.put(target, List.copyOf(files)));
        return copy;
    }

    @Override
    public synchronized List<OperatorStatistics> statistics() {
        List<OperatorStatistics> all = new ArrayList<>();
        for (Stage stage : graph.stages()) {
            StageRun run = stages.get(stage.name());
            if (run != null) {
                all.addAll(run.state.allStatistics());
            }
        }
        return all;
    }

    @Override
    public Map<EvalContext.Damage, Long> damage() {
        return damage.toMap();
    }

    @Override
    public int tasksOf(String stage) {
        return counts.of(stage);
    }

    @Override
    public synchronized void close() {
        if (!finished) {
            stop.cancel();
        }
        results.clear();
        unpark();
        boolean interrupted = false;
        while (running > 0) {
            try {
                wait(POLL_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (!finished) {
            finish();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
