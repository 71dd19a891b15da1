package org.skep.executor.expression;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Computes a list of expressions. Confined to one thread. */
public final class ProjectionEvaluator {
    private final ExpressionNode[] nodes;
    private final BatchInput input = new BatchInput();

    ProjectionEvaluator(ExpressionNode[] nodes) {
        this.nodes = nodes;
    }

    /**
     * A vector for each expression, of any encoding, with values at the selected positions; valid
     * until the next call.
     */
    public ColumnVector[] evaluate(ColumnVector[] columns, Selection selection) {
        input.take(columns, selection);
        ColumnVector[] results = new ColumnVector[nodes.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = nodes[i].evaluate(input, selection);
        }
        return results;
    }
}
