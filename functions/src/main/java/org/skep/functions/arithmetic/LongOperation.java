package org.skep.functions.arithmetic;

import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * A rarer operation on two integers, row by row; the result wraps to the type's width, and operands
 * on the right that are not defined give NULL. Stateless.
 */
final class LongOperation implements ScalarKernel {
    private final LongBinaryOperator operator;
    private final LongPredicate defined;
    private final int shift;

    LongOperation(LongBinaryOperator operator, LongPredicate defined, TypeKind kind) {
        this.operator = operator;
        this.defined = defined;
        shift = IntegerArithmetic.shift(kind);
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        long[] a = Flat.longs(arguments[0]).values();
        int right = arguments.length - 1;
        long[] b = Flat.longs(arguments[right]).values();
        int maskA = Flat.mask(arguments[0]);
        int maskB = Flat.mask(arguments[right]);
        long[] results = ((LongVector) out).values();
        int[] p = selection.positions();
        int n = selection.count();
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            long y = b[i & maskB];
            if (defined.test(y)) {
                results[i] = (operator.applyAsLong(a[i & maskA], y) << shift) >> shift;
            } else {
                out.setNull(i);
            }
        }
    }
}
