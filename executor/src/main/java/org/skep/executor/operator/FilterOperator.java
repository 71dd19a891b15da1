package org.skep.executor.operator;

import org.skep.executor.expression.PredicateEvaluator;
import org.skep.executor.task.OperatorStatistics;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.Selection;

/** Narrows batches to the rows for which a condition is true. Confined to one thread. */
public final class FilterOperator extends Operator {
    private final Operator input;
    private final PredicateEvaluator condition;

    /** A filter over {@code input}. */
    public FilterOperator(
            OperatorStatistics statistics, Operator input, PredicateEvaluator condition) {
        super(statistics);
        this.input = input;
        this.condition = condition;
    }

    @Override
    protected ColumnBatch pull() {
        while (true) {
            ColumnBatch batch = input.next();
            if (batch == null) {
                return null;
            }
            Selection passed = condition.select(batch.columns(), batch.selection());
            if (passed.count() > 0) {
                return passed == batch.selection() ? batch : batch.select(passed);
            }
        }
    }

    @Override
    public void close() {
        input.close();
    }
}
