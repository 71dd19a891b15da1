package org.skep.functions.aggregate;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.functions.call.ValueOrder;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * The least or greatest value of a type that does not fit in words: texts, decimals, booleans,
 * arrays, structs. One word: 0 while there is none, else 1 plus the position of the best value in a
 * vector of its own. Replaced values stay in that vector until it is mostly waste, when it is
 * written anew. Confined to one thread.
 */
final class ValueExtreme extends OneArgument {
    private final boolean greatest;
    private final ValueStore store;

    private ValueExtreme(DataType type, boolean greatest) {
        this.greatest = greatest;
        store = new ValueStore(type);
    }

    static ValueExtreme least(DataType type) {
        return new ValueExtreme(type, false);
    }

    static ValueExtreme greatest(DataType type) {
        return new ValueExtreme(type, true);
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
    void add(GroupStates states, ValueRows rows, EvalContext context) {
        ColumnVector values = rows.values();
        long[] words = states.words();
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        for (int k = 0; k < rows.count(); k++) {
            int row = positions == null ? k : positions[k];
            int at = states.at(groups == null ? 0 : groups[k]);
            if (words[at] == 0) {
                words[at] = 1L + store.add(values, row);
                continue;
            }
            if (isBetter(values, row, (int) words[at] - 1)) {
                words[at] = 1L + store.replace(values, row, (int) words[at] - 1);
            }
        }
    }

    // A field that is NULL is the last thing that either wants.
    private boolean isBetter(ColumnVector values, int row, int best) {
        return greatest
                ? ValueOrder.compare(values, row, store.values(), best) > 0
                : ValueOrder.compareNullsLast(values, row, store.values(), best) < 0;
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        update(states, groups, intermediate, selection, context);
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        write(states, firstGroup, count, out[0]);
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        write(states, firstGroup, count, out);
    }

    private void write(GroupStates states, int firstGroup, int count, ColumnVector out) {
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
