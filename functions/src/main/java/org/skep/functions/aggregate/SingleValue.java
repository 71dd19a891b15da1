package org.skep.functions.aggregate;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * The value of the only row, as a scalar subquery gives it; NULL counts as a row, and a second row
 * is a failure. One word: 0 while there is no row, else 1 plus the position of the value in a
 * vector of its own. Confined to one thread.
 */
final class SingleValue implements Accumulator {
    private final ValueStore store;

    SingleValue(DataType type) {
        store = new ValueStore(type);
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void init(long[] words, int at) {
        words[at] = 0;
    }

    @Override
    public void update(
            GroupStates states,
            int[] groups,
            ColumnVector[] arguments,
            Selection selection,
            EvalContext context) {
        for (int k = 0; k < selection.count(); k++) {
            add(states, groups, k, arguments[0], selection.position(k));
        }
    }

    private void add(GroupStates states, int[] groups, int k, ColumnVector values, int row) {
        int at = states.at(groups == null ? 0 : groups[k]);
        if (states.words()[at] != 0) {
            throw new SkepException(
                    ErrorCode.SUBQUERY_ROWS, "Scalar subquery must give at most one row");
        }
        states.words()[at] = 1L + store.add(values, row);
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        LongVector rows = flatCounts(intermediate[1], selection);
        for (int k = 0; k < selection.count(); k++) {
            if (rows.values()[k] > 0) {
                add(states, groups, k, intermediate[0], selection.position(k));
            }
        }
    }

    private static LongVector flatCounts(ColumnVector counts, Selection selection) {
        LongVector flat = new LongVector(DataType.BIGINT, selection.count());
        for (int k = 0; k < selection.count(); k++) {
            flat.copyOne(counts, selection.position(k), k);
        }
        return flat;
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        finish(states, firstGroup, count, out[0], null);
        out[1].ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            ((LongVector) out[1]).values()[i] =
                    states.words()[states.at(firstGroup + i)] == 0 ? 0 : 1;
        }
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = (int) states.words()[states.at(firstGroup + i)] - 1;
        }
        out.copyFrom(store.values(), positions, 0, count, 0);
    }

    @Override
    public long retainedBytes() {
        return store.retainedBytes();
    }
}
