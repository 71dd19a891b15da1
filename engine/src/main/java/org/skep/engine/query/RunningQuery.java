package org.skep.engine.query;

import java.util.List;
import java.util.Map;
import org.skep.engine.result.BatchStream;
import org.skep.engine.scan.SplitPlanner;
import org.skep.engine.session.StatementContext;
import org.skep.executor.dag.DagRun;
import org.skep.executor.task.OperatorStatistics;
import org.skep.functions.api.EvalContext;
import org.skep.planner.PlannedQuery;
import org.skep.storage.WrittenFile;
import org.skep.types.vector.ColumnBatch;

/**
 * A query that runs. Its files stay readable until it is closed. Confined to one thread at a time.
 */
public final class RunningQuery implements BatchStream {
    private final StatementContext context;
    private final PlannedQuery planned;
    private final DagRun run;
    private final SplitPlanner splits;
    private boolean ended;
    private boolean closed;

    RunningQuery(StatementContext context, PlannedQuery planned, DagRun run, SplitPlanner splits) {
        this.context = context;
        this.planned = planned;
        this.run = run;
        this.splits = splits;
        planned.graph()
                .stages()
                .forEach(stage -> context.tasksTotal().addAndGet(run.tasksOf(stage.name())));
    }

    @Override
    public ColumnBatch next() {
        if (ended) {
            return null;
        }
        ColumnBatch batch = run.next();
        if (batch == null) {
            end();
        }
        return batch;
    }

    /** Runs it to its end without looking at rows. */
    public void await() {
        run.await();
        end();
    }

    /** The files that were written, by the id of their target; complete at the end. */
    public Map<Integer, List<WrittenFile>> writtenFiles() {
        return run.writtenFiles();
    }

    /** What the operators did; complete at the end. */
    public List<OperatorStatistics> statistics() {
        return run.statistics();
    }

    /** How many tasks a stage had. */
    public int tasksOf(String stage) {
        return run.tasksOf(stage);
    }

    /** The plan. */
    public PlannedQuery planned() {
        return planned;
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        context.tasksDone().set(context.tasksTotal().get());
        for (Map.Entry<EvalContext.Damage, Long> damage : run.damage().entrySet()) {
            if (damage.getValue() > 0) {
                context.warn(sentence(damage.getKey(), damage.getValue()));
            }
        }
    }

    private static String sentence(EvalContext.Damage damage, long count) {
        String values = count == 1 ? "1 value was" : count + " values were";
        return switch (damage) {
            case TURNED_NULL -> values + " turned into NULL";
            case TRUNCATED -> values + " cut";
            case WRAPPED -> values + " wrapped around";
        };
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        ended = true;
        try {
            run.close();
        } finally {
            splits.close();
            deleteScratch();
        }
    }

    private void deleteScratch() {
        String scratch = context.services().scratch().resolve(context.queryId()).toString();
        if (context.services().fileSystems().of(scratch).status(scratch).isPresent()) {
            context.services().fileSystems().of(scratch).deleteTree(scratch);
        }
    }
}
