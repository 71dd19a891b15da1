package org.skep.functions.call;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.LongVector;

/** Reads a flat or constant vector of integers or times by row. Confined to one thread. */
public final class LongArgument {
    private final long[] values;
    private final boolean[] nulls;
    private final int mask;

    private LongArgument(LongVector vector, int mask) {
        values = vector.values();
        nulls = vector.nulls();
        this.mask = mask;
    }

    /** A reader of an argument as kernels get it. */
    public static LongArgument of(ColumnVector vector) {
        if (vector instanceof ConstantVector constant) {
            return new LongArgument((LongVector) constant.value(), 0);
        }
        return new LongArgument((LongVector) vector, -1);
    }

    /** The value of a row. */
    public long at(int row) {
        return values[row & mask];
    }

    /** The value of a row, moved into the range of {@code int} if it lies beyond. */
    public int intAt(int row) {
        long value = values[row & mask];
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    /** Whether the value of a row is NULL. */
    public boolean isNull(int row) {
        return nulls != null && nulls[row & mask];
    }
}
