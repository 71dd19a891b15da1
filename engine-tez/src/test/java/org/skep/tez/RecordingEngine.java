package org.skep.tez;

import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.dag.DagEngine;
import org.skep.executor.dag.DagRun;
import org.skep.executor.task.Services;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.StageGraph;

/** An engine that runs nothing but keeps what it was asked to run. Confined to one test. */
public final class RecordingEngine implements DagEngine {
    /** A query as a runner gets it. */
    public record Query(
            StageGraph graph, QueryContext context, Map<Integer, List<ScanSplit>> splits) {}

    private static volatile Query last;

    /** What was asked last. */
    public static Query last() {
        return last;
    }

    @Override
    public String name() {
        return "recorder";
    }

    @Override
    public OpenRunner open(Map<String, String> settings) {
        return new OpenRunner() {
            @Override
            public DagRun run(
                    StageGraph graph,
                    QueryContext context,
                    Map<Integer, List<ScanSplit>> splits,
                    Services services) {
                last = new Query(graph, context, splits);
                throw new SkepException(ErrorCode.CANCELLED, "Recorded");
            }

            @Override
            public void close() {
                // There is nothing to let go of.
            }
        };
    }
}
