package org.skep.types.vector;

import java.util.Arrays;
import org.skep.types.ListType;

/** ARRAY values: each is a run of positions of one vector of elements. Confined to one thread. */
public final class ListVector extends ColumnVector {
    private final ColumnVector elements;
    private int[] starts;
    private int[] lengths;
    private int used;

    /** A vector with room for {@code capacity} values. */
    public ListVector(ListType type, int capacity) {
        super(type);
        elements = ColumnVector.create(type.element(), capacity);
        starts = new int[capacity];
        lengths = new int[capacity];
    }

    /** The elements of all values; flat. */
    public ColumnVector elements() {
        return elements;
    }

    /** Where each value's elements begin. */
    public int[] starts() {
        return starts;
    }

    /** How many elements each value has. */
    public int[] lengths() {
        return lengths;
    }

    /**
     * Makes room for {@code length} elements, makes them the value at {@code row}, and answers
     * where they begin.
     */
    public int append(int row, int length) {
        int start = used;
        used += length;
        elements.ensureCapacity(used);
        starts[row] = start;
        lengths[row] = length;
        return start;
    }

    /** How many elements are in use. */
    public int elementCount() {
        return used;
    }

    @Override
    public int capacity() {
        return starts.length;
    }

    @Override
    void grow(int capacity) {
        if (capacity > starts.length) {
            int grown = grownCapacity(starts.length, capacity);
            starts = Arrays.copyOf(starts, grown);
            lengths = Arrays.copyOf(lengths, grown);
        }
    }

    @Override
    public void reset() {
        super.reset();
        used = 0;
        elements.reset();
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        ListVector other = (ListVector) source;
        for (int i = 0; i < count; i++) {
            int position = positions == null ? from + i : positions[from + i];
            boolean missing = position < 0 || other.isNull(position);
            int length = missing ? 0 : other.lengths[position];
            int start = append(at + i, length);
            if (length > 0) {
                elements.copyFrom(other.elements, null, other.starts[position], length, start);
            }
        }
    }

    @Override
    public long retainedBytes() {
        return elements.retainedBytes() + 8L * starts.length + nullBytes();
    }
}
