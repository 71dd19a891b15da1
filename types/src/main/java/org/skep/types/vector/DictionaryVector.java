package org.skep.types.vector;

/**
 * Values that repeat: each position holds an index into a flat vector of the distinct values. NULL
 * is the index -1, or an entry of the dictionary that is NULL. The dictionary may be shared by many
 * batches; operations that depend on one column alone are evaluated once over the dictionary and
 * cached by its identity. Confined to one thread.
 */
public final class DictionaryVector extends ColumnVector {
    private final ColumnVector values;
    private final int valueCount;
    private final int[] ids;
    private final boolean hasNulls;

    /**
     * A vector of {@code ids} into the first {@code valueCount} positions of a flat vector.
     *
     * @param hasNulls whether an id may be -1
     */
    public DictionaryVector(ColumnVector values, int valueCount, int[] ids, boolean hasNulls) {
        super(values.type());
        this.values = values;
        this.valueCount = valueCount;
        this.ids = ids;
        this.hasNulls = hasNulls;
    }

    /** The distinct values. */
    public ColumnVector values() {
        return values;
    }

    /** How many distinct values there are. */
    public int valueCount() {
        return valueCount;
    }

    /** The index of each position's value, -1 for NULL. */
    public int[] ids() {
        return ids;
    }

    @Override
    public boolean isNull(int row) {
        return ids[row] < 0 || values.isNull(ids[row]);
    }

    @Override
    public boolean mayHaveNulls() {
        return hasNulls || values.mayHaveNulls();
    }

    int[] translate(int[] positions, int from, int count) {
        int[] translated = new int[count];
        for (int i = 0; i < count; i++) {
            int position = positions == null ? from + i : positions[from + i];
            translated[i] = position < 0 ? -1 : ids[position];
        }
        return translated;
    }

    @Override
    public int capacity() {
        return ids.length;
    }

    @Override
    void grow(int capacity) {
        if (capacity > ids.length) {
            throw new IllegalStateException("A dictionary vector cannot be written");
        }
    }

    @Override
    public void setNull(int row) {
        throw new IllegalStateException("A dictionary vector cannot be written");
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        throw new IllegalStateException("A dictionary vector cannot be written");
    }

    @Override
    public long retainedBytes() {
        return 4L * ids.length + values.retainedBytes();
    }
}
