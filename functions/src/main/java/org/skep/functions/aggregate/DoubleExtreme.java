package org.skep.functions.aggregate;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.Selection;

/**
 * The least or greatest double; NaN is greater than all others. Two words: the bits, and 1 once
 * there is a value. Confined to one thread.
 */
final class DoubleExtreme extends OneArgument {
    private final boolean greatest;

    private DoubleExtreme(boolean greatest) {
        this.greatest = greatest;
    }

    static DoubleExtreme least() {
        return new DoubleExtreme(false);
    }

    static DoubleExtreme greatest() {
        return new DoubleExtreme(true);
    }

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
        double[] values = ((DoubleVector) rows.values()).values();
        long[] words = states.words();
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        int offset = states.offset();
        int stride = states.stride();
        for (int k = 0; k < rows.count(); k++) {
            double value = values[positions == null ? k : positions[k]];
            int at = groups == null ? offset : groups[k] * stride + offset;
            if (words[at + 1] == 0 || isBetter(value, Double.longBitsToDouble(words[at]))) {
                words[at] = Double.doubleToRawLongBits(value);
                words[at + 1] = 1;
            }
        }
    }

    private boolean isBetter(double value, double other) {
        return greatest ? Double.compare(value, other) > 0 : Double.compare(value, other) < 0;
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
        double[] values = ((DoubleVector) out).values();
        long[] words = states.words();
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            values[i] = Double.longBitsToDouble(words[at]);
            if (words[at + 1] == 0) {
                out.setNull(i);
            }
        }
    }
}
