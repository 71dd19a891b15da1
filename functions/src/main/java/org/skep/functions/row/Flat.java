package org.skep.functions.row;

import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/**
 * Lets kernels read a flat or constant argument in one loop: take the flat vector by {@link #of},
 * and index it with {@code row & mask}. Stateless.
 */
public final class Flat {
    private Flat() {}

    /** The flat vector that holds the values. */
    public static ColumnVector of(ColumnVector vector) {
        return vector instanceof ConstantVector constant ? constant.value() : vector;
    }

    /** What to and row numbers with: 0 for a constant, -1 (all bits) otherwise. */
    public static int mask(ColumnVector vector) {
        return vector instanceof ConstantVector ? 0 : -1;
    }

    /** The flat vector of longs. */
    public static LongVector longs(ColumnVector vector) {
        return (LongVector) of(vector);
    }

    /** The flat vector of doubles. */
    public static DoubleVector doubles(ColumnVector vector) {
        return (DoubleVector) of(vector);
    }

    /** The flat vector of decimals. */
    public static DecimalVector decimals(ColumnVector vector) {
        return (DecimalVector) of(vector);
    }

    /** The flat vector of bytes. */
    public static BytesVector bytes(ColumnVector vector) {
        return (BytesVector) of(vector);
    }

    /** The flat vector of booleans. */
    public static BooleanVector booleans(ColumnVector vector) {
        return (BooleanVector) of(vector);
    }
}
