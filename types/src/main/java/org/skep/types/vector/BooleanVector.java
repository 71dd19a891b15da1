package org.skep.types.vector;

import java.util.Arrays;
import org.skep.types.DataType;

/** BOOLEAN values. Confined to one thread. */
public final class BooleanVector extends ColumnVector {
    private boolean[] values;

    /** A vector with room for {@code capacity} values. */
    public BooleanVector(int capacity) {
        super(DataType.BOOLEAN);
        values = new boolean[capacity];
    }

    /** The values, by position. */
    public boolean[] values() {
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
        boolean[] theirs = ((BooleanVector) source).values;
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
        return values.length + nullBytes();
    }
}
