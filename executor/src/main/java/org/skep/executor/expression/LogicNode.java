package org.skep.executor.expression;

import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

/**
 * AND or OR as a value, three-valued: an operand sees only the rows that no earlier one decided.
 */
final class LogicNode extends ExpressionNode {
    private final ExpressionNode[] operands;
    private final boolean deciding;
    private final BooleanVector out = new BooleanVector(16);

    private LogicNode(ExpressionNode[] operands, boolean deciding) {
        this.operands = operands;
        this.deciding = deciding;
    }

    static LogicNode and(ExpressionNode[] operands) {
        return new LogicNode(operands, false);
    }

    static LogicNode or(ExpressionNode[] operands) {
        return new LogicNode(operands, true);
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        out.reset();
        out.ensureCapacity(selection.bound());
        boolean[] values = out.values();
        boolean[] unknown = null;
        for (int k = 0; k < selection.count(); k++) {
            values[selection.position(k)] = !deciding;
        }
        Selection open = selection;
        for (ExpressionNode operand : operands) {
            if (open.count() == 0) {
                break;
            }
            ColumnVector vector = operand.evaluateDecoded(input, open);
            boolean constant = vector instanceof ConstantVector;
            ColumnVector flat = constant ? ((ConstantVector) vector).value() : vector;
            int[] left = new int[open.count()];
            int count = 0;
            for (int k = 0; k < open.count(); k++) {
                int row = open.position(k);
                int from = constant ? 0 : row;
                if (flat.isNull(from)) {
                    if (unknown == null) {
                        unknown = new boolean[out.capacity()];
                    }
                    unknown[row] = true;
                    left[count++] = row;
                } else if (((BooleanVector) flat).values()[from] == deciding) {
                    values[row] = deciding;
                    if (unknown != null) {
                        unknown[row] = false;
                    }
                } else {
                    left[count++] = row;
                }
            }
            open = count == open.count() ? open : Selection.of(left, count);
        }
        out.setNulls(unknown);
        return out;
    }
}
