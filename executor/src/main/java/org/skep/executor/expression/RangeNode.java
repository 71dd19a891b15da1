package org.skep.executor.expression;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Two or more comparisons of a column with constants, decided in one loop without branches. */
final class RangeNode extends PredicateNode {
    private final ExpressionNode column;
    private final long low;
    private final long high;

    RangeNode(ExpressionNode column, LongRange range) {
        this.column = column;
        low = range.low();
        high = range.high();
    }

    @Override
    Selection select(BatchInput input, Selection selection) {
        if (selection.count() == 0 || low > high) {
            return Rows.NONE;
        }
        ColumnVector vector = column.evaluateDecoded(input, selection);
        if (vector instanceof ConstantVector constant) {
            boolean passes =
                    !constant.isNull() && among(constant.value(), Selection.all(1)).count() == 1;
            return passes ? selection : Rows.NONE;
        }
        return among(vector, Nulls.without(vector, selection));
    }

    private Selection among(ColumnVector vector, Selection selection) {
        int[] kept = new int[selection.count()];
        long[] values;
        if (vector instanceof DecimalVector decimals) {
            // The type has at most 18 digits, so the low word is the value in either form.
            values = decimals.low();
        } else {
            values = ((LongVector) vector).values();
        }
        int count =
                selection.positions() == null
                        ? dense(values, selection.count(), kept)
                        : sparse(values, selection.positions(), selection.count(), kept);
        return count == selection.count() ? selection : Selection.of(kept, count);
    }

    // value - low, as an unsigned number, is at most high - low: the borrow of the second
    // subtraction says whether it is not.
    private int dense(long[] values, int rows, int[] kept) {
        long from = low;
        long span = high - low;
        int count = 0;
        for (int i = 0; i < rows; i++) {
            long offset = values[i] - from;
            kept[count] = i;
            count += 1 - (int) (((~span & offset) | (~(span ^ offset) & (span - offset))) >>> 63);
        }
        return count;
    }

    private int sparse(long[] values, int[] positions, int rows, int[] kept) {
        long from = low;
        long span = high - low;
        int count = 0;
        for (int k = 0; k < rows; k++) {
            int row = positions[k];
            long offset = values[row] - from;
            kept[count] = row;
            count += 1 - (int) (((~span & offset) | (~(span ^ offset) & (span - offset))) >>> 63);
        }
        return count;
    }
}
