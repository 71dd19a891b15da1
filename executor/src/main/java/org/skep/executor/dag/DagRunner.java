package org.skep.executor.dag;

import java.util.List;
import java.util.Map;
import org.skep.executor.task.Services;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.StageGraph;

/** Runs the stages of queries, here or elsewhere. Safe for use by many threads. */
public interface DagRunner {
    /**
     * Begins to run a query.
     *
     * @param splits the splits of each scan, by scan id
     * @param services what the query needs of this process
     * @return the running query, to be closed
     */
    DagRun run(
            StageGraph graph,
            QueryContext context,
            Map<Integer, List<ScanSplit>> splits,
            Services services);
}
