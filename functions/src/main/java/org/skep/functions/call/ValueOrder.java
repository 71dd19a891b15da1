package org.skep.functions.call;

import java.util.Arrays;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;
import org.skep.types.UnionType;
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
 * The total order, equality and hash of values of flat vectors of one type: texts by bytes, NaN
 * above all other doubles, -0.0 equal to 0.0, NULL first and equal to NULL. Stateless.
 */
public final class ValueOrder {
    private ValueOrder() {}

    /** Whether values of a type have an order: all but maps and what contains maps. */
    public static boolean isOrdered(DataType type) {
        if (type instanceof ListType list) {
            return isOrdered(list.element());
        }
        if (type instanceof StructType struct) {
            return struct.fields().stream().allMatch(field -> isOrdered(field.type()));
        }
        if (type instanceof UnionType union) {
            return union.alternatives().stream().allMatch(ValueOrder::isOrdered);
        }
        return type.kind() != TypeKind.MAP;
    }

    /** Compares two values; maps compare entry by entry in the order of insertion. */
    public static int compare(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
        return compare(left, leftRow, right, rightRow, false);
    }

    /** Compares two values as {@link #compare} does, but with NULL last, also within values. */
    public static int compareNullsLast(
            ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
        return compare(left, leftRow, right, rightRow, true);
    }

    private static int compare(
            ColumnVector left, int leftRow, ColumnVector right, int rightRow, boolean nullsLast) {
        boolean leftNull = left.isNull(leftRow);
        if (leftNull || right.isNull(rightRow)) {
            int order = Boolean.compare(right.isNull(rightRow), leftNull);
            return nullsLast ? -order : order;
        }
        if (left instanceof BytesVector a && right instanceof BytesVector b) {
            return compareBytes(a, leftRow, b, rightRow);
        }
        if (left instanceof LongVector a && right instanceof LongVector b) {
            int order = Long.compare(a.values()[leftRow], b.values()[rightRow]);
            return order != 0 ? order : Integer.compare(a.nanosAt(leftRow), b.nanosAt(rightRow));
        }
        if (left instanceof DoubleVector a && right instanceof DoubleVector b) {
            double one = a.values()[leftRow];
            double other = b.values()[rightRow];
            return one == other ? 0 : Double.compare(one, other);
        }
        if (left instanceof DecimalVector a && right instanceof DecimalVector b) {
            return compareDecimals(a, leftRow, b, rightRow);
        }
        if (left instanceof BooleanVector a && right instanceof BooleanVector b) {
            return Boolean.compare(a.values()[leftRow], b.values()[rightRow]);
        }
        return compareNested(left, leftRow, right, rightRow, nullsLast);
    }

    private static int compareBytes(BytesVector a, int aRow, BytesVector b, int bRow) {
        int aStart = a.starts()[aRow];
        int bStart = b.starts()[bRow];
        return Arrays.compareUnsigned(
                a.data(),
                aStart,
                aStart + a.lengths()[aRow],
                b.data(),
                bStart,
                bStart + b.lengths()[bRow]);
    }

    private static int compareDecimals(DecimalVector a, int aRow, DecimalVector b, int bRow) {
        if (a.scale() != b.scale()) {
            return a.decimalAt(aRow).compareTo(b.decimalAt(bRow));
        }
        if (a.high() == null && b.high() == null) {
            return Long.compare(a.low()[aRow], b.low()[bRow]);
        }
        int order = Long.compare(a.highAt(aRow), b.highAt(bRow));
        return order != 0 ? order : Long.compareUnsigned(a.low()[aRow], b.low()[bRow]);
    }

    private static int compareNested(
            ColumnVector left, int leftRow, ColumnVector right, int rightRow, boolean nullsLast) {
        if (left instanceof ListVector a && right instanceof ListVector b) {
            return compareRuns(
                    a.elements(),
                    a.starts()[leftRow],
                    a.lengths()[leftRow],
                    b.elements(),
                    b.starts()[rightRow],
                    b.lengths()[rightRow],
                    nullsLast);
        }
        if (left instanceof StructVector a && right instanceof StructVector b) {
            for (int i = 0; i < Math.min(a.fieldCount(), b.fieldCount()); i++) {
                int order = compare(a.field(i), leftRow, b.field(i), rightRow, nullsLast);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(a.fieldCount(), b.fieldCount());
        }
        if (left instanceof MapVector a && right instanceof MapVector b) {
            int order =
                    compareRuns(
                            a.keys(),
                            a.starts()[leftRow],
                            a.lengths()[leftRow],
                            b.keys(),
                            b.starts()[rightRow],
                            b.lengths()[rightRow],
                            nullsLast);
            return order != 0
                    ? order
                    : compareRuns(
                            a.values(),
                            a.starts()[leftRow],
                            a.lengths()[leftRow],
                            b.values(),
                            b.starts()[rightRow],
                            b.lengths()[rightRow],
                            nullsLast);
        }
        if (left instanceof UnionVector a && right instanceof UnionVector b) {
            int tag = a.tags()[leftRow];
            int order = Integer.compare(tag, b.tags()[rightRow]);
            return order != 0
                    ? order
                    : compare(a.alternative(tag), leftRow, b.alternative(tag), rightRow, nullsLast);
        }
        throw new IllegalArgumentException(
                "Values of different kinds: %s, %s".formatted(left.type(), right.type()));
    }

    private static int compareRuns(
            ColumnVector left,
            int leftStart,
            int leftLength,
            ColumnVector right,
            int rightStart,
            int rightLength,
            boolean nullsLast) {
        for (int i = 0; i < Math.min(leftLength, rightLength); i++) {
            int order = compare(left, leftStart + i, right, rightStart + i, nullsLast);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftLength, rightLength);
    }

    /** Whether two values are equal; maps are equal that have equal entries in any order. */
    public static boolean equal(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
        if (left instanceof MapVector a
                && right instanceof MapVector b
                && !a.isNull(leftRow)
                && !b.isNull(rightRow)) {
            return equalMaps(a, leftRow, b, rightRow);
        }
        return compare(left, leftRow, right, rightRow) == 0;
    }

    private static boolean equalMaps(MapVector a, int aRow, MapVector b, int bRow) {
        int length = a.lengths()[aRow];
        if (length != b.lengths()[bRow]) {
            return false;
        }
        for (int i = a.starts()[aRow]; i < a.starts()[aRow] + length; i++) {
            boolean found = false;
            for (int j = b.starts()[bRow]; j < b.starts()[bRow] + length && !found; j++) {
                found = equal(a.keys(), i, b.keys(), j) && equal(a.values(), i, b.values(), j);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** A hash that is equal for values that {@link #equal} says are equal. */
    public static int hash(ColumnVector vector, int row) {
        if (vector.isNull(row)) {
            return 0;
        }
        if (vector instanceof BytesVector bytes) {
            int hash = 1;
            int start = bytes.starts()[row];
            byte[] data = bytes.data();
            for (int i = start; i < start + bytes.lengths()[row]; i++) {
                hash = 31 * hash + data[i];
            }
            return spread(hash);
        }
        if (vector instanceof LongVector longs) {
            return spread(Long.hashCode(longs.values()[row]) + longs.nanosAt(row));
        }
        if (vector instanceof DoubleVector doubles) {
            double value = doubles.values()[row];
            return spread(Double.hashCode(value == 0 ? 0.0 : value));
        }
        if (vector instanceof DecimalVector decimals) {
            return spread(
                    Long.hashCode(decimals.low()[row]) * 31 + Long.hashCode(decimals.highAt(row)));
        }
        if (vector instanceof BooleanVector booleans) {
            return booleans.values()[row] ? 7 : 3;
        }
        return hashNested(vector, row);
    }

    private static int hashNested(ColumnVector vector, int row) {
        int hash = 17;
        if (vector instanceof ListVector lists) {
            for (int i = 0; i < lists.lengths()[row]; i++) {
                hash = 31 * hash + hash(lists.elements(), lists.starts()[row] + i);
            }
        } else if (vector instanceof StructVector structs) {
            for (int i = 0; i < structs.fieldCount(); i++) {
                hash = 31 * hash + hash(structs.field(i), row);
            }
        } else if (vector instanceof MapVector maps) {
            for (int i = 0; i < maps.lengths()[row]; i++) {
                int at = maps.starts()[row] + i;
                hash += 31 * hash(maps.keys(), at) + hash(maps.values(), at);
            }
        } else if (vector instanceof UnionVector unions) {
            int tag = unions.tags()[row];
            hash = 31 * tag + hash(unions.alternative(tag), row);
        }
        return spread(hash);
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}
