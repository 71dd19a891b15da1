package org.skep.types.vector;

import java.util.Arrays;
import org.skep.types.UnionType;

/**
 * UNIONTYPE values: a tag a position says in which of the vectors, at the same position, the value
 * is. Confined to one thread.
 */
public final class UnionVector extends ColumnVector {
    private final ColumnVector[] alternatives;
    private byte[] tags;

    /** A vector with room for {@code capacity} values. */
    public UnionVector(UnionType type, int capacity) {
        super(type);
        tags = new byte[capacity];
        alternatives = new ColumnVector[type.alternatives().size()];
        for (int i = 0; i < alternatives.length; i++) {
            alternatives[i] = ColumnVector.create(type.alternatives().get(i), capacity);
        }
    }

    /** The alternative that each position holds. */
    public byte[] tags() {
        return tags;
    }

    /** The values of the alternative at {@code index}. */
    public ColumnVector alternative(int index) {
        return alternatives[index];
    }

    /** How many alternatives there are. */
    public int alternativeCount() {
        return alternatives.length;
    }

    @Override
    public int capacity() {
        return tags.length;
    }

    @Override
    void grow(int wanted) {
        if (wanted > tags.length) {
            tags = Arrays.copyOf(tags, grownCapacity(tags.length, wanted));
            for (ColumnVector alternative : alternatives) {
                alternative.ensureCapacity(tags.length);
            }
        }
    }

    @Override
    public void reset() {
        super.reset();
        for (ColumnVector alternative : alternatives) {
            alternative.reset();
        }
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        UnionVector other = (UnionVector) source;
        for (int i = 0; i < count; i++) {
            int position = positions == null ? from + i : positions[from + i];
            if (position >= 0) {
                tags[at + i] = other.tags[position];
            }
        }
        for (int i = 0; i < alternatives.length; i++) {
            alternatives[i].copyFrom(other.alternatives[i], positions, from, count, at);
        }
    }

    @Override
    public long retainedBytes() {
        long bytes = tags.length + nullBytes();
        for (ColumnVector alternative : alternatives) {
            bytes += alternative.retainedBytes();
        }
        return bytes;
    }
}
