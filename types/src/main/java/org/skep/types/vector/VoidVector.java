package org.skep.types.vector;

import org.skep.types.DataType;

/** Nothing but NULLs, of type VOID. Confined to one thread. */
public final class VoidVector extends ColumnVector {
    private int capacity;

    /** A vector of {@code capacity} NULLs. */
    public VoidVector(int capacity) {
        super(DataType.VOID);
        this.capacity = capacity;
    }

    @Override
    public boolean isNull(int row) {
        return true;
    }

    @Override
    public boolean mayHaveNulls() {
        return true;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    void grow(int wanted) {
        capacity = Math.max(capacity, wanted);
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        ensureCapacity(at + count);
    }

    @Override
    public long retainedBytes() {
        return 16;
    }
}
