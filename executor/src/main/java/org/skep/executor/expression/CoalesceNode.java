package org.skep.executor.expression;

import org.skep.executor.vector.SamePositions;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** COALESCE: an operand is computed only for the rows in which all before it are NULL. */
final class CoalesceNode extends ExpressionNode {
    private final ExpressionNode[] operands;
    private final DataType type;
    private ColumnVector out;

    CoalesceNode(ExpressionNode[] operands, DataType type) {
        this.operands = operands;
        this.type = type;
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        ColumnVector first = operands[0].evaluate(input, selection);
        Selection open = Nulls.only(first, selection);
        if (open.count() == 0) {
            return first;
        }
        if (out == null) {
            out = ColumnVector.create(type, Math.max(selection.bound(), 16));
        }
        out.reset();
        out.ensureCapacity(selection.bound());
        SamePositions.copy(first, selection, out);
        for (int i = 1; i < operands.length && open.count() > 0; i++) {
            ColumnVector values = operands[i].evaluate(input, open);
            SamePositions.copy(values, open, out);
            open = Nulls.only(values, open);
        }
        return out;
    }
}
