package org.skep.functions.compare;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** A comparison of two values of one type, into booleans. Stateless. */
final class ComparisonKernel implements ScalarKernel {
    private final ComparisonOperator operator;

    ComparisonKernel(ComparisonOperator operator) {
        this.operator = operator;
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        ColumnVector left = Flat.of(arguments[0]);
        ColumnVector right = Flat.of(arguments[1]);
        int maskA = Flat.mask(arguments[0]);
        int maskB = Flat.mask(arguments[1]);
        boolean[] results = ((BooleanVector) out).values();
        int[] p = selection.positions();
        int n = selection.count();
        long[] a = plainLongs(left);
        long[] b = plainLongs(right);
        if (a != null && b != null) {
            longs(a, maskA, b, maskB, results, p, n);
            return;
        }
        RowOrder order = RowOrder.of(left, right);
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            results[i] = operator.accepts(order.compare(i & maskA, i & maskB));
        }
    }

    /** The values if they are plain longs that order as the values do, else null. */
    static long[] plainLongs(ColumnVector vector) {
        if (vector instanceof LongVector longs && longs.nanos() == null) {
            return longs.values();
        }
        if (vector instanceof DecimalVector decimals && decimals.high() == null) {
            return decimals.low();
        }
        return null;
    }

    private void longs(long[] a, int maskA, long[] b, int maskB, boolean[] out, int[] p, int n) {
        switch (operator) {
            case EQUAL -> equal(a, maskA, b, maskB, false, out, p, n);
            case NOT_EQUAL -> equal(a, maskA, b, maskB, true, out, p, n);
            case LESS -> less(a, maskA, b, maskB, false, out, p, n);
            case GREATER_OR_EQUAL -> less(a, maskA, b, maskB, true, out, p, n);
            case GREATER -> less(b, maskB, a, maskA, false, out, p, n);
            case LESS_OR_EQUAL -> less(b, maskB, a, maskA, true, out, p, n);
        }
    }

    private static void equal(
            long[] a,
            int maskA,
            long[] b,
            int maskB,
            boolean negated,
            boolean[] out,
            int[] p,
            int n) {
        if (p == null && maskA == -1 && maskB == 0) {
            long constant = b[0];
            for (int i = 0; i < n; i++) {
                out[i] = (a[i] == constant) ^ negated;
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            out[i] = (a[i & maskA] == b[i & maskB]) ^ negated;
        }
    }

    private static void less(
            long[] a,
            int maskA,
            long[] b,
            int maskB,
            boolean negated,
            boolean[] out,
            int[] p,
            int n) {
        if (p == null && maskA == -1 && maskB == 0) {
            long constant = b[0];
            for (int i = 0; i < n; i++) {
                out[i] = (a[i] < constant) ^ negated;
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            out[i] = (a[i & maskA] < b[i & maskB]) ^ negated;
        }
    }
}
