package org.skep.types.vector;

import java.util.Arrays;
import org.skep.types.DataType;

/**
 * FLOAT values (exactly representable as {@code float}) or DOUBLE values. Confined to one thread.
 */
public final class DoubleVector extends ColumnVector {
    private double[] values;

    /** A vector with room for {@code capacity} values. */
    public DoubleVector(DataType type, int capacity) {
        super(type);
        values = new double[capacity];
    }

    /** A vector over an array that it takes over. */
    public DoubleVector(DataType type, double[] values) {
        super(type);
        this.values = values;
    }

    /** The values, by position. */
    public double[] values() {
        return values;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    void grow(int capacity) {
        if (capacity > values.length) {
            values = Arrays.copyOf(values, grownCapacity(values.length, capacity));
        }
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        double[] theirs = ((DoubleVector) source).values;
        if (positions == null) {
            System.arraycopy(theirs, from, values, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int position = positions[from + i];
            if (position >= 0) {
                values[at + i] = theirs[position];
            }
        }
    }

    @Override
    public long retainedBytes() {
        return 8L * values.length + nullBytes();
    }
}
