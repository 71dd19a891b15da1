package org.skep.types.vector;

import org.skep.types.MapType;

/**
 * MAP values: each is a run of positions of a vector of keys and of one of values, in the order of
 * insertion. Confined to one thread.
 */
public final class MapVector extends RunsVector {
    private final ColumnVector keys;
    private final ColumnVector values;
    private final ColumnVector[] items;

    /** A vector with room for {@code capacity} values. */
    public MapVector(MapType type, int capacity) {
        super(type, capacity);
        keys = ColumnVector.create(type.key(), capacity);
        values = ColumnVector.create(type.value(), capacity);
        items = new ColumnVector[] {keys, values};
    }

    /** The keys of all maps; flat. */
    public ColumnVector keys() {
        return keys;
    }

    /** The values of all maps; flat. */
    public ColumnVector values() {
        return values;
    }

    /** How many entries are in use. */
    public int entryCount() {
        return itemCount();
    }

    @Override
    ColumnVector[] items() {
        return items;
    }
}
