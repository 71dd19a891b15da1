package org.skep.functions.aggregate;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * The least or greatest integer, date, time or interval. Two words: the value, and 0 while there is
 * none or 1 plus the nanoseconds below it. Confined to one thread.
 */
final class LongExtreme extends OneArgument {
    private final boolean greatest;

    private LongExtreme(boolean greatest) {
        this.greatest = greatest;
    }

    static LongExtreme least() {
        return new LongExtreme(false);
    }

    static LongExtreme greatest() {
        return new LongExtreme(true);
    }

    @Override
    public int width() {
        return 2;
    }

    // Until a value comes, the first word is one that every value replaces.
    @Override
    public void init(long[] words, int at) {
        words[at] = greatest ? Long.MIN_VALUE : Long.MAX_VALUE;
        words[at + 1] = 0;
    }

    @Override
    void add(GroupStates states, ValueRows rows, EvalContext context) {
        LongVector vector = (LongVector) rows.values();
        if (vector.nanos() != null) {
            addNanos(states, rows, vector);
            return;
        }
        long[] values = vector.values();
        long[] words = states.words();
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        int offset = states.offset();
        int stride = states.stride();
        int count = rows.count();
        if (groups == null) {
            long best = values[positions == null ? 0 : positions[0]];
            for (int k = 1; k < count; k++) {
                long value = values[positions == null ? k : positions[k]];
                best = greatest ? Math.max(best, value) : Math.min(best, value);
            }
            offer(words, offset, best, 0);
        } else if (greatest) {
            for (int k = 0; k < count; k++) {
                long value = values[positions == null ? k : positions[k]];
                int at = groups[k] * stride + offset;
                if (value > words[at] || words[at + 1] == 0) {
                    words[at] = value;
                    words[at + 1] = 1;
                }
            }
        } else {
            for (int k = 0; k < count; k++) {
                long value = values[positions == null ? k : positions[k]];
                int at = groups[k] * stride + offset;
                if (value < words[at]
                        || words[at + 1] == 0
                        || (value == words[at] && words[at + 1] > 1)) {
                    words[at] = value;
                    words[at + 1] = 1;
                }
            }
        }
    }

    private void addNanos(GroupStates states, ValueRows rows, LongVector vector) {
        int[] groups = rows.groups();
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            int at = states.at(groups == null ? 0 : groups[k]);
            offer(states.words(), at, vector.values()[row], vector.nanosAt(row));
        }
    }

    private void offer(long[] words, int at, long value, int nanos) {
        if (words[at + 1] == 0 || isBetter(value, nanos, words[at], words[at + 1] - 1)) {
            words[at] = value;
            words[at + 1] = 1L + nanos;
        }
    }

    private boolean isBetter(long value, long nanos, long other, long otherNanos) {
        int order = Long.compare(value, other);
        if (order == 0) {
            order = Long.compare(nanos, otherNanos);
        }
        return greatest ? order > 0 : order < 0;
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
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            if (words[at + 1] == 0) {
                out.setNull(i);
            } else {
                out.set(i, words[at], (int) words[at + 1] - 1);
            }
        }
    }
}
