package org.skep.executor.expression;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** An expression that occurs more than once in a projection: evaluated once a batch. */
final class SharedNode extends ExpressionNode {
    private final ExpressionNode node;
    private long generation = -1;
    private Selection rows;
    private ColumnVector result;
    private ColumnVector resultDecoded;

    SharedNode(ExpressionNode node) {
        this.node = node;
    }

    private boolean isCurrent(BatchInput input, Selection selection) {
        return generation == input.generation() && rows == selection;
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        if (!isCurrent(input, selection)) {
            result = node.evaluate(input, selection);
            resultDecoded = null;
            generation = input.generation();
            rows = selection;
        }
        return result;
    }

    @Override
    ColumnVector evaluateDecoded(BatchInput input, Selection selection) {
        if (resultDecoded == null || !isCurrent(input, selection)) {
            resultDecoded = super.evaluateDecoded(input, selection);
        }
        return resultDecoded;
    }
}
