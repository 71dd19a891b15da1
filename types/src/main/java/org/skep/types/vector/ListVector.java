package org.skep.types.vector;

import org.skep.types.ListType;

/** ARRAY values: each is a run of positions of one vector of elements. Confined to one thread. */
public final class ListVector extends RunsVector {
    private final ColumnVector elements;
    private final ColumnVector[] items;

    /** A vector with room for {@code capacity} values. */
    public ListVector(ListType type, int capacity) {
        super(type, capacity);
        elements = ColumnVector.create(type.element(), capacity);
        items = new ColumnVector[] {elements};
    }

    /** The elements of all values; flat. */
    public ColumnVector elements() {
        return elements;
    }

    /** How many elements are in use. */
    public int elementCount() {
        return itemCount();
    }

    @Override
    ColumnVector[] items() {
        return items;
    }
}
