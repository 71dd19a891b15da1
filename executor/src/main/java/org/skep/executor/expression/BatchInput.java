package org.skep.executor.expression;

import org.skep.executor.vector.SamePositions;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * The columns that expressions are evaluated over, with their decoded forms, made once a batch when
 * first wanted. Confined to one thread.
 */
final class BatchInput {
    private ColumnVector[] columns = new ColumnVector[0];
    private ColumnVector[] flat = new ColumnVector[0];
    private ColumnVector[] scratch = new ColumnVector[0];
    private Selection selection = Selection.all(0);
    private long generation;

    /** Takes the next batch; all later selections are parts of {@code rows}. */
    void take(ColumnVector[] vectors, Selection rows) {
        columns = vectors;
        selection = rows;
        generation++;
        if (flat.length < vectors.length) {
            flat = new ColumnVector[vectors.length];
            scratch = new ColumnVector[vectors.length];
        } else {
            java.util.Arrays.fill(flat, null);
        }
    }

    /** Distinguishes batches. */
    long generation() {
        return generation;
    }

    /** A column as it came. */
    ColumnVector column(int index) {
        return columns[index];
    }

    /** A column, decoded if it is a dictionary; constants stay constants. */
    ColumnVector decoded(int index) {
        if (!(columns[index] instanceof DictionaryVector dictionary)) {
            return columns[index];
        }
        if (flat[index] == null) {
            if (scratch[index] == null) {
                scratch[index] = ColumnVector.create(dictionary.type(), selection.bound());
            }
            flat[index] = SamePositions.decode(dictionary, selection, scratch[index]);
        }
        return flat[index];
    }
}
