package org.skep.executor.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.skep.executor.dag.DagRunner;
import org.skep.executor.exchange.Exchange;
import org.skep.executor.task.Services;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.StageGraph;

/**
 * Runs queries on threads of this process. Immutable; safe for use by many threads.
 *
 * <p>A stage begins when those that it reads have ended. A task gives its thread back now and then,
 * and when nobody takes its results, so that any number of queries can share few threads.
 */
public final class LocalRunner implements DagRunner {
    private final Executor executor;
    private final int parallelism;
    private final Exchange.Form form;

    private LocalRunner(Executor executor, int parallelism, Exchange.Form form) {
        this.executor = executor;
        this.parallelism = parallelism;
        this.form = form;
    }

    /**
     * A runner on the threads of {@code executor}.
     *
     * @param parallelism how many tasks a stage is cut into at most
     */
    public static LocalRunner on(Executor executor, int parallelism) {
        return new LocalRunner(executor, parallelism, Exchange.Form.OBJECTS);
    }

    /**
     * The same, but fragments, splits and exchanges go through their bytes, as between processes.
     */
    public LocalRunner throughBytes() {
        return new LocalRunner(executor, parallelism, Exchange.Form.BYTES);
    }

    /**
     * Begins to run a query; {@link Services#memory} counts what it holds.
     *
     * @return the running query, to be closed
     */
    @Override
    public QueryRun run(
            StageGraph graph,
            QueryContext context,
            Map<Integer, List<ScanSplit>> splits,
            Services services) {
        QueryRun run = new QueryRun(executor, parallelism, form, graph, context, splits, services);
        run.begin();
        return run;
    }
}
