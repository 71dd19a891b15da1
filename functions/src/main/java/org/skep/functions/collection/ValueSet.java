package org.skep.functions.collection;

import java.util.Arrays;
import org.skep.functions.call.ValueOrder;
import org.skep.types.vector.ColumnVector;

/**
 * A set of values that stay where they are: it keeps vectors and positions. NULL is a value like
 * others. Confined to one thread.
 */
final class ValueSet {
    private ColumnVector[] vectors = new ColumnVector[16];
    private int[] positions = new int[16];
    private int size;

    /** Forgets all values. */
    void clear() {
        if (size > 0) {
            Arrays.fill(vectors, null);
            size = 0;
        }
    }

    /** Adds a value; false if an equal one is there. */
    boolean add(ColumnVector vector, int position) {
        int slot = slot(vector, position);
        if (vectors[slot] != null) {
            return false;
        }
        vectors[slot] = vector;
        positions[slot] = position;
        size++;
        if (size * 2 > vectors.length) {
            grow();
        }
        return true;
    }

    /** Whether an equal value is there. */
    boolean contains(ColumnVector vector, int position) {
        return vectors[slot(vector, position)] != null;
    }

    private int slot(ColumnVector vector, int position) {
        int mask = vectors.length - 1;
        int slot = ValueOrder.hash(vector, position) & mask;
        while (vectors[slot] != null
                && !ValueOrder.equal(vectors[slot], positions[slot], vector, position)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        ColumnVector[] oldVectors = vectors;
        int[] oldPositions = positions;
        vectors = new ColumnVector[oldVectors.length * 2];
        positions = new int[vectors.length];
        for (int i = 0; i < oldVectors.length; i++) {
            if (oldVectors[i] != null) {
                int slot = slot(oldVectors[i], oldPositions[i]);
                vectors[slot] = oldVectors[i];
                positions[slot] = oldPositions[i];
            }
        }
    }
}
