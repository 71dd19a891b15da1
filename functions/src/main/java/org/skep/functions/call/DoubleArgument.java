package org.skep.functions.call;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DoubleVector;

/** Reads a flat or constant vector of doubles by row. Confined to one thread. */
public final class DoubleArgument {
    private final double[] values;
    private final boolean[] nulls;
    private final int mask;

    private DoubleArgument(DoubleVector vector, int mask) {
        values = vector.values();
        nulls = vector.nulls();
        this.mask = mask;
    }

    /** A reader of an argument as kernels get it. */
    public static DoubleArgument of(ColumnVector vector) {
        if (vector instanceof ConstantVector constant) {
            return new DoubleArgument((DoubleVector) constant.value(), 0);
        }
        return new DoubleArgument((DoubleVector) vector, -1);
    }

    /** The value of a row. */
    public double at(int row) {
        return values[row & mask];
    }

    /** Whether the value of a row is NULL. */
    public boolean isNull(int row) {
        return nulls != null && nulls[row & mask];
    }
}
