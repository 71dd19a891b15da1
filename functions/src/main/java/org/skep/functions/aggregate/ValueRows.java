package org.skep.functions.aggregate;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

/**
 * The rows of a batch in which an argument is not NULL, so that loops need not look at NULLs.
 * Reused from batch to batch; confined to one thread.
 */
final class ValueRows {
    private ColumnVector values;
    private int[] positions;
    private int[] groups;
    private int count;
    private int[] positionBuffer = new int[0];
    private int[] groupBuffer = new int[0];
    private int[] zeros = new int[0];

    /** Takes the rows of a batch in which a flat or constant argument has a value. */
    void take(ColumnVector argument, Selection selection, int[] givenGroups) {
        positions = selection.positions();
        groups = givenGroups;
        count = selection.count();
        values = argument;
        if (argument instanceof ConstantVector constant) {
            values = constant.value();
            count = constant.isNull() ? 0 : count;
            if (zeros.length < count) {
                zeros = new int[count];
            }
            positions = zeros;
        } else if (argument.mayHaveNulls()) {
            skipNulls(argument);
        }
    }

    private void skipNulls(ColumnVector argument) {
        boolean[] nulls = argument.nulls();
        if (nulls == null) {
            count = 0; // a vector of type VOID
            return;
        }
        if (positionBuffer.length < count) {
            positionBuffer = new int[count];
            groupBuffer = new int[count];
        }
        int kept = 0;
        for (int k = 0; k < count; k++) {
            int position = positions == null ? k : positions[k];
            positionBuffer[kept] = position;
            groupBuffer[kept] = groups == null ? 0 : groups[k];
            kept += nulls[position] ? 0 : 1;
        }
        if (kept < count) {
            positions = positionBuffer;
            groups = groups == null ? null : groupBuffer;
            count = kept;
        }
    }

    /** The flat vector to read at {@link #positions}. */
    ColumnVector values() {
        return values;
    }

    /** Positions, or null for 0, 1, 2, … */
    int[] positions() {
        return positions;
    }

    /** The group of each row, or null if all are of group 0. */
    int[] groups() {
        return groups;
    }

    /** How many rows have a value. */
    int count() {
        return count;
    }
}
