package org.skep.functions.aggregate;

import org.skep.functions.api.Accumulator;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Counts the rows in which no argument is NULL; one word, the count. Confined to one thread. */
final class CountAccumulator implements Accumulator {
    private final ValueRows rows = new ValueRows();

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
        ColumnVector nullable = null;
        for (ColumnVector argument : arguments) {
            if (argument.mayHaveNulls()) {
                if (nullable != null) {
                    updateAnyNull(states, groups, arguments, selection);
                    return;
                }
                nullable = argument;
            }
        }
        if (nullable == null) {
            count(states, groups, selection.count());
        } else {
            rows.take(nullable, selection, groups);
            count(states, rows.groups(), rows.count());
        }
    }

    private static void count(GroupStates states, int[] groups, int count) {
        long[] words = states.words();
        int offset = states.offset();
        int stride = states.stride();
        if (groups == null) {
            words[offset] += count;
            return;
        }
        for (int k = 0; k < count; k++) {
            words[groups[k] * stride + offset]++;
        }
    }

    private static void updateAnyNull(
            GroupStates states, int[] groups, ColumnVector[] arguments, Selection selection) {
        long[] words = states.words();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            boolean anyNull = false;
            for (ColumnVector argument : arguments) {
                anyNull |= argument.isNull(row);
            }
            words[states.at(groups == null ? 0 : groups[k])] += anyNull ? 0 : 1;
        }
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        long[] words = states.words();
        boolean constant = intermediate[0] instanceof ConstantVector;
        LongVector counts =
                (LongVector)
                        (intermediate[0] instanceof ConstantVector one
                                ? one.value()
                                : intermediate[0]);
        long[] values = counts.values();
        for (int k = 0; k < selection.count(); k++) {
            int row = constant ? 0 : selection.position(k);
            words[states.at(groups == null ? 0 : groups[k])] += values[row];
        }
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        write(states, firstGroup, count, (LongVector) out[0]);
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        write(states, firstGroup, count, (LongVector) out);
    }

    private static void write(GroupStates states, int firstGroup, int count, LongVector out) {
        out.ensureCapacity(count);
        long[] words = states.words();
        long[] values = out.values();
        int at = states.at(firstGroup);
        for (int i = 0; i < count; i++) {
            values[i] = words[at];
            at += states.stride();
        }
    }
}
