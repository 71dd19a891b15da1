package org.skep.functions.aggregate;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Sums integers, wrapping as {@code long}s do; NULL for no values. Two words: the sum, and how many
 * values were added. Confined to one thread.
 */
final class SumLongAccumulator extends OneArgument {
    @Override
    public int width() {
        return 2;
    }

    @Override
    public void init(long[] words, int at) {
        words[at] = 0;
        words[at + 1] = 0;
    }

    @Override
    void add(GroupStates states, ValueRows rows, EvalContext context) {
        long[] values = ((LongVector) rows.values()).values();
        long[] words = states.words();
        int offset = states.offset();
        int[] groups = rows.groups();
        long wrapped;
        if (groups == null) {
            wrapped = addToOne(words, offset, values, rows.positions(), rows.count());
        } else if (rows.positions() == null) {
            wrapped = addDense(words, states.stride(), offset, groups, values, rows.count());
        } else {
            wrapped =
                    addSparse(
                            words,
                            states.stride(),
                            offset,
                            groups,
                            values,
                            rows.positions(),
                            rows.count());
        }
        if (wrapped < 0) {
            context.damage(EvalContext.Damage.WRAPPED, 1);
        }
    }

    // The sign bit of the result says whether some addition wrapped.
    private static long addDense(
            long[] words, int stride, int offset, int[] groups, long[] values, int count) {
        long wrapped = 0;
        for (int k = 0; k < count; k++) {
            int at = groups[k] * stride + offset;
            long value = values[k];
            long before = words[at];
            long after = before + value;
            wrapped |= (before ^ after) & (value ^ after);
            words[at] = after;
            words[at + 1]++;
        }
        return wrapped;
    }

    private static long addSparse(
            long[] words,
            int stride,
            int offset,
            int[] groups,
            long[] values,
            int[] positions,
            int count) {
        long wrapped = 0;
        for (int k = 0; k < count; k++) {
            int at = groups[k] * stride + offset;
            long value = values[positions[k]];
            long before = words[at];
            long after = before + value;
            wrapped |= (before ^ after) & (value ^ after);
            words[at] = after;
            words[at + 1]++;
        }
        return wrapped;
    }

    private static long addToOne(long[] words, int at, long[] values, int[] positions, int count) {
        long[] magnitude = new long[1];
        long total = LongSums.sum(values, positions, count, magnitude);
        long before = words[at];
        words[at + 1] += count;
        if (magnitude[0] <= Long.MAX_VALUE / count) {
            long after = before + total;
            words[at] = after;
            return (before ^ after) & (total ^ after);
        }
        long wrapped = 0;
        long sum = before;
        for (int k = 0; k < count; k++) {
            long value = values[positions == null ? k : positions[k]];
            long after = sum + value;
            wrapped |= (sum ^ after) & (value ^ after);
            sum = after;
        }
        words[at] = sum;
        return wrapped;
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

    private static void write(GroupStates states, int firstGroup, int count, ColumnVector out) {
        out.ensureCapacity(count);
        long[] words = states.words();
        long[] values = ((LongVector) out).values();
        int at = states.at(firstGroup);
        for (int i = 0; i < count; i++) {
            values[i] = words[at];
            if (words[at + 1] == 0) {
                out.setNull(i);
            }
            at += states.stride();
        }
    }
}
