package org.skep.functions.compare;

import java.util.Arrays;
import org.skep.functions.row.Flat;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.Selection;

/**
 * A comparison as a filter. The loops over longs and doubles have no branches: each row is written
 * to the list of kept rows, and the list's length grows by a bit computed from the values.
 * Stateless.
 */
final class ComparisonPredicate implements PredicateKernel {
    private final ComparisonOperator operator;

    ComparisonPredicate(ComparisonOperator operator) {
        this.operator = operator;
    }

    @Override
    public Selection select(ColumnVector[] arguments, Selection in) {
        Selection rows = withoutNulls(arguments[1], withoutNulls(arguments[0], in));
        if (rows.count() == 0) {
            return rows;
        }
        ColumnVector left = Flat.of(arguments[0]);
        ColumnVector right = Flat.of(arguments[1]);
        int maskA = Flat.mask(arguments[0]);
        int maskB = Flat.mask(arguments[1]);
        int[] kept = new int[rows.count()];
        long[] a = ComparisonKernel.plainLongs(left);
        long[] b = ComparisonKernel.plainLongs(right);
        int count;
        if (a != null && b != null) {
            count = longs(a, maskA, b, maskB, rows, kept);
        } else if (left instanceof DoubleVector x && right instanceof DoubleVector y) {
            count = doubles(x.values(), maskA, y.values(), maskB, rows, kept);
        } else if (left instanceof BytesVector x
                && right instanceof BytesVector y
                && maskB == 0
                && (operator == ComparisonOperator.EQUAL
                        || operator == ComparisonOperator.NOT_EQUAL)) {
            count = bytes(x, maskA, y, rows, kept);
        } else {
            count = any(left, maskA, right, maskB, rows, kept);
        }
        return count == rows.count() ? rows : Selection.of(kept, count);
    }

    /** The rows of a selection that are not NULL. */
    static Selection withoutNulls(ColumnVector vector, Selection in) {
        if (!vector.mayHaveNulls()) {
            return in;
        }
        boolean[] nulls = vector.nulls();
        if (nulls != null) {
            return in.where(nulls, false);
        }
        return vector.isNull(0) ? Selection.all(0) : in;
    }

    private int longs(long[] a, int maskA, long[] b, int maskB, Selection rows, int[] kept) {
        int[] p = rows.positions();
        int n = rows.count();
        if (maskA == 0 && maskB == 0) {
            return operator.accepts(Long.compare(a[0], b[0])) ? all(p, n, kept) : 0;
        }
        if (maskA == 0) {
            return withConstant(operator.turned(), b, a[0], p, n, kept);
        }
        if (maskB == 0) {
            return withConstant(operator, a, b[0], p, n, kept);
        }
        return switch (operator) {
            case EQUAL -> equal(a, b, 0, p, n, kept);
            case NOT_EQUAL -> equal(a, b, 1, p, n, kept);
            case LESS -> less(a, b, 0, p, n, kept);
            case GREATER_OR_EQUAL -> less(a, b, 1, p, n, kept);
            case GREATER -> less(b, a, 0, p, n, kept);
            case LESS_OR_EQUAL -> less(b, a, 1, p, n, kept);
        };
    }

    private static int withConstant(
            ComparisonOperator operator, long[] a, long constant, int[] p, int n, int[] kept) {
        return switch (operator) {
            case EQUAL -> equal(a, constant, 0, p, n, kept);
            case NOT_EQUAL -> equal(a, constant, 1, p, n, kept);
            case LESS -> less(a, constant, 0, p, n, kept);
            case GREATER_OR_EQUAL -> less(a, constant, 1, p, n, kept);
            case LESS_OR_EQUAL ->
                    constant == Long.MAX_VALUE
                            ? all(p, n, kept)
                            : less(a, constant + 1, 0, p, n, kept);
            case GREATER -> constant == Long.MAX_VALUE ? 0 : less(a, constant + 1, 1, p, n, kept);
        };
    }

    private static int all(int[] p, int n, int[] kept) {
        for (int k = 0; k < n; k++) {
            kept[k] = p == null ? k : p[k];
        }
        return n;
    }

    private static int equal(long[] a, long constant, int negated, int[] p, int n, int[] kept) {
        int count = 0;
        if (p == null) {
            for (int i = 0; i < n; i++) {
                long difference = a[i] ^ constant;
                kept[count] = i;
                count += (int) (~(difference | -difference) >>> 63) ^ negated;
            }
            return count;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            long difference = a[i] ^ constant;
            kept[count] = i;
            count += (int) (~(difference | -difference) >>> 63) ^ negated;
        }
        return count;
    }

    private static int equal(long[] a, long[] b, int negated, int[] p, int n, int[] kept) {
        int count = 0;
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            long difference = a[i] ^ b[i];
            kept[count] = i;
            count += (int) (~(difference | -difference) >>> 63) ^ negated;
        }
        return count;
    }

    // The sign of a - b says whether a < b; where the subtraction overflows, the signs differ and
    // a's own sign says it.
    private static int less(long[] a, long constant, int negated, int[] p, int n, int[] kept) {
        int count = 0;
        if (p == null) {
            for (int i = 0; i < n; i++) {
                long v = a[i];
                kept[count] = i;
                count +=
                        (int) (((v & ~constant) | (~(v ^ constant) & (v - constant))) >>> 63)
                                ^ negated;
            }
            return count;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            long v = a[i];
            kept[count] = i;
            count +=
                    (int) (((v & ~constant) | (~(v ^ constant) & (v - constant))) >>> 63) ^ negated;
        }
        return count;
    }

    private static int less(long[] a, long[] b, int negated, int[] p, int n, int[] kept) {
        int count = 0;
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            long v = a[i];
            long w = b[i];
            kept[count] = i;
            count += (int) (((v & ~w) | (~(v ^ w) & (v - w))) >>> 63) ^ negated;
        }
        return count;
    }

    private int doubles(double[] a, int maskA, double[] b, int maskB, Selection rows, int[] kept) {
        int[] p = rows.positions();
        int n = rows.count();
        int count = 0;
        if (maskB == 0 && maskA == -1 && !Double.isNaN(b[0])) {
            double constant = b[0];
            boolean less =
                    operator == ComparisonOperator.LESS
                            || operator == ComparisonOperator.GREATER_OR_EQUAL;
            boolean lessOrEqual =
                    operator == ComparisonOperator.LESS_OR_EQUAL
                            || operator == ComparisonOperator.GREATER;
            boolean negated =
                    operator == ComparisonOperator.GREATER_OR_EQUAL
                            || operator == ComparisonOperator.GREATER
                            || operator == ComparisonOperator.NOT_EQUAL;
            // NaN is above every number: it fails these tests and passes their negations.
            for (int k = 0; k < n; k++) {
                int i = p == null ? k : p[k];
                double v = a[i];
                boolean holds = less ? v < constant : lessOrEqual ? v <= constant : v == constant;
                kept[count] = i;
                count += holds ^ negated ? 1 : 0;
            }
            return count;
        }
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            kept[count] = i;
            count += operator.accepts(RowOrder.compare(a[i & maskA], b[i & maskB])) ? 1 : 0;
        }
        return count;
    }

    private int bytes(BytesVector a, int maskA, BytesVector constant, Selection rows, int[] kept) {
        byte[] data = a.data();
        byte[] wanted = constant.data();
        int from = constant.starts()[0];
        int length = constant.lengths()[0];
        boolean negated = operator == ComparisonOperator.NOT_EQUAL;
        int[] p = rows.positions();
        int n = rows.count();
        int count = 0;
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            int start = a.starts()[i & maskA];
            boolean same =
                    a.lengths()[i & maskA] == length
                            && Arrays.equals(
                                    data, start, start + length, wanted, from, from + length);
            kept[count] = i;
            count += same ^ negated ? 1 : 0;
        }
        return count;
    }

    private int any(
            ColumnVector left,
            int maskA,
            ColumnVector right,
            int maskB,
            Selection rows,
            int[] kept) {
        RowOrder order = RowOrder.of(left, right);
        int[] p = rows.positions();
        int n = rows.count();
        int count = 0;
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            kept[count] = i;
            count += operator.accepts(order.compare(i & maskA, i & maskB)) ? 1 : 0;
        }
        return count;
    }
}
