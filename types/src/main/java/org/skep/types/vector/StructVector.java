package org.skep.types.vector;

import org.skep.types.StructType;

/**
 * STRUCT values: one flat vector a field, with the struct's own positions. Confined to one thread.
 */
public final class StructVector extends ColumnVector {
    private final ColumnVector[] fields;
    private int capacity;

    /** A vector with room for {@code capacity} values. */
    public StructVector(StructType type, int capacity) {
        super(type);
        this.capacity = capacity;
        fields = new ColumnVector[type.fields().size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = ColumnVector.create(type.fields().get(i).type(), capacity);
        }
    }

    /** The values of the field at {@code index}. */
    public ColumnVector field(int index) {
        return fields[index];
    }

    /** How many fields there are. */
    public int fieldCount() {
        return fields.length;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    void grow(int wanted) {
        if (wanted > capacity) {
            capacity = grownCapacity(capacity, wanted);
            for (ColumnVector field : fields) {
                field.ensureCapacity(capacity);
            }
        }
    }

    @Override
    public void reset() {
        super.reset();
        for (ColumnVector field : fields) {
            field.reset();
        }
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        StructVector other = (StructVector) source;
        for (int i = 0; i < fields.length; i++) {
            fields[i].copyFrom(other.fields[i], positions, from, count, at);
        }
    }

    @Override
    public long retainedBytes() {
        long bytes = nullBytes();
        for (ColumnVector field : fields) {
            bytes += field.retainedBytes();
        }
        return bytes;
    }
}
