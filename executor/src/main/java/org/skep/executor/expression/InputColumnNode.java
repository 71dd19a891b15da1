package org.skep.executor.expression;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** A column of the input. */
final class InputColumnNode extends ExpressionNode {
    private final int index;

    InputColumnNode(int index) {
        this.index = index;
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        return input.column(index);
    }

    @Override
    ColumnVector evaluateDecoded(BatchInput input, Selection selection) {
        return input.decoded(index);
    }
}
