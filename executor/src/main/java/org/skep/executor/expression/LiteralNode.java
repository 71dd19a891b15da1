package org.skep.executor.expression;

import org.skep.types.Datum;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.Selection;

/** A constant. */
final class LiteralNode extends ExpressionNode {
    private final ConstantVector value;

    LiteralNode(Datum datum) {
        value = DatumVector.constant(datum);
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        return value;
    }
}
