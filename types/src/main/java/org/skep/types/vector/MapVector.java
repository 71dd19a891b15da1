package org.skep.types.vector;

import java.util.Arrays;
import org.skep.types.MapType;

/**
 * MAP values: each is a run of positions of a vector of keys and of one of values, in the order of
 * insertion. Confined to one thread.
 */
public final class MapVector extends ColumnVector {
    private final ColumnVector keys;
    private final ColumnVector values;
    private int[] starts;
    private int[] lengths;
    private int used;

    /** A vector with room for {@code capacity} values. */
    public MapVector(MapType type, int capacity) {
        super(type);
        keys = ColumnVector.create(type.key(), capacity);
        values = ColumnVector.create(type.value(), capacity);
        starts = new int[capacity];
        lengths = new int[capacity];
    }

    /** The keys of all maps; flat. */
    public ColumnVector keys() {
        return keys;
    }

    /** The values of all maps; flat. */
    public ColumnVector values() {
        return values;
    }

    /** Where each map's entries begin. */
    public int[] starts() {
        return starts;
    }

    /** How many entries each map has. */
    public int[] lengths() {
        return lengths;
    }

    /**
     * Makes room for {@code length} entries, makes them the map at {@code row}, and answers where
     * they begin.
     */
    public int append(int row, int length) {
        int start = used;
        used += length;
        keys.ensureCapacity(used);
        values.ensureCapacity(used);
        starts[row] = start;
        lengths[row] = length;
        return start;
    }

    /** How many entries are in use. */
    public int entryCount() {
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
        keys.reset();
        values.reset();
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        MapVector other = (MapVector) source;
        for (int i = 0; i < count; i++) {
            int position = positions == null ? from + i : positions[from + i];
            boolean missing = position < 0 || other.isNull(position);
            int length = missing ? 0 : other.lengths[position];
            int start = append(at + i, length);
            if (length > 0) {
                keys.copyFrom(other.keys, null, other.starts[position], length, start);
                values.copyFrom(other.values, null, other.starts[position], length, start);
            }
        }
    }

    @Override
    public long retainedBytes() {
        return keys.retainedBytes() + values.retainedBytes() + 8L * starts.length + nullBytes();
    }
}
