package org.skep.executor.expression;

import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** IN over constants as a value, three-valued. */
final class MembershipNode extends ExpressionNode {
    private final ConstantSet set;
    private final ExpressionNode value;
    private final BooleanVector out = new BooleanVector(16);

    MembershipNode(ConstantSet set, ExpressionNode value) {
        this.set = set;
        this.value = value;
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        out.reset();
        out.ensureCapacity(selection.bound());
        ColumnVector vector = value.evaluateDecoded(input, selection);
        boolean[] results = out.values();
        for (int k = 0; k < selection.count(); k++) {
            results[selection.position(k)] = false;
        }
        Selection valued = Nulls.without(vector, selection);
        Selection inside = set.select(vector, valued);
        for (int k = 0; k < inside.count(); k++) {
            results[inside.position(k)] = true;
        }
        Selection unknown =
                set.hasNull() ? Rows.minus(selection, inside) : Rows.minus(selection, valued);
        for (int k = 0; k < unknown.count(); k++) {
            out.setNull(unknown.position(k));
        }
        return out;
    }
}
