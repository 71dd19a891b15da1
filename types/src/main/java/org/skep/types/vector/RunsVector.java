package org.skep.types.vector;

import java.util.Arrays;
import org.skep.types.DataType;

/**
 * Values that are runs of positions in one or more flat vectors of items. Confined to one thread.
 */
public abstract sealed class RunsVector extends ColumnVector permits ListVector, MapVector {
    private int[] starts;
    private int[] lengths;
    private int used;

    RunsVector(DataType type, int capacity) {
        super(type);
        starts = new int[capacity];
        lengths = new int[capacity];
    }

    /** Where each value's items begin. */
    public final int[] starts() {
        return starts;
    }

    /** How many items each value has. */
    public final int[] lengths() {
        return lengths;
    }

    /**
     * Makes room for {@code length} items, makes them the value at {@code row}, and answers where
     * they begin.
     */
    public final int append(int row, int length) {
        int start = used;
        used += length;
        for (ColumnVector vector : items()) {
            vector.ensureCapacity(used);
        }
        starts[row] = start;
        lengths[row] = length;
        return start;
    }

    /** The vectors in which the runs are, always the same. */
    abstract ColumnVector[] items();

    final int itemCount() {
        return used;
    }

    @Override
    public final int capacity() {
        return starts.length;
    }

    @Override
    final void grow(int capacity) {
        if (capacity > starts.length) {
            int grown = grownCapacity(starts.length, capacity);
            starts = Arrays.copyOf(starts, grown);
            lengths = Arrays.copyOf(lengths, grown);
        }
    }

    @Override
    public final void reset() {
        super.reset();
        used = 0;
        for (ColumnVector vector : items()) {
            vector.reset();
        }
    }

    @Override
    final void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        RunsVector other = (RunsVector) source;
        ColumnVector[] items = items();
        ColumnVector[] sources = other.items();
        for (int i = 0; i < count; i++) {
            int position = positions == null ? from + i : positions[from + i];
            boolean missing = position < 0 || other.isNull(position);
            int length = missing ? 0 : other.lengths[position];
            int start = append(at + i, length);
            if (length > 0) {
                for (int k = 0; k < items.length; k++) {
                    items[k].copyFrom(sources[k], null, other.starts[position], length, start);
                }
            }
        }
    }

    @Override
    public final long retainedBytes() {
        long bytes = 8L * starts.length + nullBytes();
        for (ColumnVector vector : items()) {
            bytes += vector.retainedBytes();
        }
        return bytes;
    }
}
