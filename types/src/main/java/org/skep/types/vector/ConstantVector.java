package org.skep.types.vector;

/** The same value at every position. Confined to one thread. */
public final class ConstantVector extends ColumnVector {
    private final ColumnVector value;

    /** Repeats the value at position 0 of a flat vector. */
    public ConstantVector(ColumnVector value) {
        super(value.type());
        this.value = value;
    }

    /** The flat vector whose position 0 is the value. */
    public ColumnVector value() {
        return value;
    }

    /** Whether the value is NULL. */
    public boolean isNull() {
        return value.isNull(0);
    }

    @Override
    public boolean isNull(int row) {
        return value.isNull(0);
    }

    @Override
    public boolean mayHaveNulls() {
        return value.isNull(0);
    }

    @Override
    public int capacity() {
        return Integer.MAX_VALUE;
    }

    @Override
    void grow(int capacity) {
        // one value serves every position
    }

    @Override
    public void setNull(int row) {
        throw new IllegalStateException("A constant vector cannot be written");
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        throw new IllegalStateException("A constant vector cannot be written");
    }

    @Override
    public long retainedBytes() {
        return value.retainedBytes();
    }
}
