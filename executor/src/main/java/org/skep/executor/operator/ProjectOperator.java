package org.skep.executor.operator;

import org.skep.executor.expression.ProjectionEvaluator;
import org.skep.executor.task.OperatorStatistics;
import org.skep.types.vector.ColumnBatch;

/** Computes an expression a column. Confined to one thread. */
public final class ProjectOperator extends Operator {
    private final Operator input;
    private final ProjectionEvaluator projection;

    /** A projection of {@code input}. */
    public ProjectOperator(
            OperatorStatistics statistics, Operator input, ProjectionEvaluator projection) {
        super(statistics);
        this.input = input;
        this.projection = projection;
    }

    @Override
    protected ColumnBatch pull() {
        ColumnBatch batch = input.next();
        return batch == null
                ? null
                : new ColumnBatch(
                        projection.evaluate(batch.columns(), batch.selection()), batch.selection());
    }

    @Override
    public void close() {
        input.close();
    }
}
