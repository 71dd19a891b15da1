package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.expression.ProjectionEvaluator;
import org.skep.executor.task.OperatorStatistics;
import org.skep.types.vector.ColumnBatch;

/** Passes each batch on once a projection. Confined to one thread. */
public final class ExpandOperator extends Operator {
    private final Operator input;
    private final List<ProjectionEvaluator> projections;
    private ColumnBatch batch;
    private int next;

    /** Applies all projections to the rows of {@code input}. */
    public ExpandOperator(
            OperatorStatistics statistics, Operator input, List<ProjectionEvaluator> projections) {
        super(statistics);
        this.input = input;
        this.projections = List.copyOf(projections);
        next = projections.size();
    }

    @Override
    protected ColumnBatch pull() {
        if (next == projections.size()) {
            batch = input.next();
            next = 0;
        }
        if (batch == null) {
            next = projections.size();
            return null;
        }
        ProjectionEvaluator projection = projections.get(next++);
        return new ColumnBatch(
                projection.evaluate(batch.columns(), batch.selection()), batch.selection());
    }

    @Override
    public void close() {
        input.close();
    }
}
