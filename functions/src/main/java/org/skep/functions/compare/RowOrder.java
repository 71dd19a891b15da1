package org.skep.functions.compare;

import java.util.Arrays;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/**
 * Hive's order of two values of one type: bytes unsigned; NaN above all numbers and equal to
 * itself; zeros equal whatever their sign; nested values element by element, NULL first. Confined
 * to one thread.
 */
@FunctionalInterface
public interface RowOrder {
    /** Compares the value at {@code i} of the left vector with that at {@code j} of the right. */
    int compare(int i, int j);

    /** The order of the values, none of them NULL, of two flat vectors of the same type. */
    static RowOrder of(ColumnVector left, ColumnVector right) {
        if (left instanceof LongVector a && right instanceof LongVector b) {
            return longs(a, b);
        }
        if (left instanceof DoubleVector a && right instanceof DoubleVector b) {
            double[] x = a.values();
            double[] y = b.values();
            return (i, j) -> compare(x[i], y[j]);
        }
        if (left instanceof BytesVector a && right instanceof BytesVector b) {
            return (i, j) -> bytes(a, i, b, j);
        }
        if (left instanceof DecimalVector a && right instanceof DecimalVector b) {
            return (i, j) -> decimals(a, i, b, j);
        }
        if (left instanceof BooleanVector a && right instanceof BooleanVector b) {
            return (i, j) -> Boolean.compare(a.values()[i], b.values()[j]);
        }
        if (left instanceof ListVector a && right instanceof ListVector b) {
            RowOrder elements = withNulls(a.elements(), b.elements());
            return (i, j) ->
                    runs(elements, a.starts()[i], a.lengths()[i], b.starts()[j], b.lengths()[j]);
        }
        if (left instanceof MapVector a && right instanceof MapVector b) {
            RowOrder keys = withNulls(a.keys(), b.keys());
            RowOrder values = withNulls(a.values(), b.values());
            RowOrder entries =
                    (i, j) -> {
                        int byKey = keys.compare(i, j);
                        return byKey != 0 ? byKey : values.compare(i, j);
                    };
            return (i, j) ->
                    runs(entries, a.starts()[i], a.lengths()[i], b.starts()[j], b.lengths()[j]);
        }
        if (left instanceof StructVector a && right instanceof StructVector b) {
            return structs(a, b);
        }
        if (left instanceof UnionVector a && right instanceof UnionVector b) {
            return unions(a, b);
        }
        return (i, j) -> 0;
    }

    /** The order of the values of two flat vectors, NULL equal to NULL and below all others. */
    static RowOrder withNulls(ColumnVector left, ColumnVector right) {
        RowOrder order = of(left, right);
        return (i, j) -> {
            boolean leftNull = left.isNull(i);
            boolean rightNull = right.isNull(j);
            if (leftNull || rightNull) {
                return Boolean.compare(!leftNull, !rightNull);
            }
            return order.compare(i, j);
        };
    }

    /** Compares doubles. */
    static int compare(double a, double b) {
        return a == b ? 0 : Double.compare(a, b);
    }

    private static RowOrder longs(LongVector a, LongVector b) {
        long[] x = a.values();
        long[] y = b.values();
        if (a.nanos() == null && b.nanos() == null) {
            return (i, j) -> Long.compare(x[i], y[j]);
        }
        return (i, j) -> {
            int byMicros = Long.compare(x[i], y[j]);
            return byMicros != 0 ? byMicros : Integer.compare(a.nanosAt(i), b.nanosAt(j));
        };
    }

    private static int bytes(BytesVector a, int i, BytesVector b, int j) {
        int x = a.starts()[i];
        int y = b.starts()[j];
        return Integer.signum(
                Arrays.compareUnsigned(
                        a.data(), x, x + a.lengths()[i], b.data(), y, y + b.lengths()[j]));
    }

    private static int decimals(DecimalVector a, int i, DecimalVector b, int j) {
        if (a.high() == null && b.high() == null) {
            return Long.compare(a.low()[i], b.low()[j]);
        }
        int byHigh = Long.compare(a.highAt(i), b.highAt(j));
        return byHigh != 0 ? byHigh : Integer.signum(Long.compareUnsigned(a.low()[i], b.low()[j]));
    }

    private static int runs(RowOrder order, int start, int length, int otherStart, int other) {
        for (int k = 0; k < Math.min(length, other); k++) {
            int byElement = order.compare(start + k, otherStart + k);
            if (byElement != 0) {
                return byElement;
            }
        }
        return Integer.compare(length, other);
    }

    private static RowOrder structs(StructVector a, StructVector b) {
        RowOrder[] fields = new RowOrder[a.fieldCount()];
        for (int k = 0; k < fields.length; k++) {
            fields[k] = withNulls(a.field(k), b.field(k));
        }
        return (i, j) -> {
            for (RowOrder field : fields) {
                int byField = field.compare(i, j);
                if (byField != 0) {
                    return byField;
                }
            }
            return 0;
        };
    }

    private static RowOrder unions(UnionVector a, UnionVector b) {
        RowOrder[] alternatives = new RowOrder[a.alternativeCount()];
        for (int k = 0; k < alternatives.length; k++) {
            alternatives[k] = withNulls(a.alternative(k), b.alternative(k));
        }
        return (i, j) -> {
            int tag = a.tags()[i];
            return tag != b.tags()[j]
                    ? Integer.compare(tag, b.tags()[j])
                    : alternatives[tag].compare(i, j);
        };
    }
}
