package org.skep.functions.aggregate;

import java.util.Arrays;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Exact percentiles from all values of a group: at fraction p, the value at position p * (count -
 * 1) of the sorted values, between two values by interpolation or the lower of them. Two words, of
 * {@link GroupedValues}. Confined to one thread.
 */
final class PercentileAccumulator implements Accumulator {
    private final ValueRows rows = new ValueRows();
    private final GroupedValues kept;
    private final Fractions fractions = new Fractions();
    private final boolean interpolates;

    private PercentileAccumulator(DataType type, boolean interpolates) {
        kept = new GroupedValues(type);
        this.interpolates = interpolates;
    }

    static PercentileAccumulator interpolating(DataType type) {
        return new PercentileAccumulator(type, true);
    }

    static PercentileAccumulator discrete(DataType type) {
        return new PercentileAccumulator(type, false);
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public void init(long[] words, int at) {
        GroupedValues.init(words, at);
    }

    @Override
    public void update(
            GroupStates states,
            int[] groups,
            ColumnVector[] arguments,
            Selection selection,
            EvalContext context) {
        if (selection.count() == 0) {
            return;
        }
        fractions.take(arguments[1], selection.position(0));
        rows.take(arguments[0], selection, groups);
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            int at = states.at(rows.groups() == null ? 0 : rows.groups()[k]);
            kept.add(states.words(), at, rows.values(), row);
        }
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        for (int k = 0; k < selection.count(); k++) {
            fractions.take(intermediate[0], selection.position(k));
        }
        rows.take(intermediate[1], selection, groups);
        ListVector lists = (ListVector) rows.values();
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            int at = states.at(rows.groups() == null ? 0 : rows.groups()[k]);
            for (int i = 0; i < lists.lengths()[row]; i++) {
                kept.add(states.words(), at, lists.elements(), lists.starts()[row] + i);
            }
        }
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        out[0].ensureCapacity(count);
        out[1].ensureCapacity(count);
        ListVector lists = (ListVector) out[1];
        for (int i = 0; i < count; i++) {
            fractions.write((ListVector) out[0], i);
            int[] positions = kept.positions(states.words(), states.at(firstGroup + i));
            int at = lists.append(i, positions.length);
            if (positions.length > 0) {
                lists.elements().copyFrom(kept.values(), positions, 0, positions.length, at);
            }
        }
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        out.ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            int[] positions = kept.positions(states.words(), states.at(firstGroup + i));
            double[] wanted = fractions.values();
            if (positions.length == 0 || wanted == null) {
                out.setNull(i);
                continue;
            }
            double[] found = percentiles(positions, wanted);
            if (out instanceof ListVector lists) {
                Fractions.write(found, lists, i);
            } else {
                ((DoubleVector) out).values()[i] = found[0];
            }
        }
    }

    private double[] percentiles(int[] positions, double[] wanted) {
        double[] found = new double[wanted.length];
        if (kept.values() instanceof LongVector longs) {
            long[] sorted = new long[positions.length];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = longs.values()[positions[i]];
            }
            Arrays.sort(sorted);
            for (int i = 0; i < wanted.length; i++) {
                double position = wanted[i] * (sorted.length - 1);
                int lower = (int) Math.floor(position);
                int higher = (int) Math.ceil(position);
                found[i] =
                        between((double) sorted[lower], (double) sorted[higher], position, lower);
            }
            return found;
        }
        double[] values = ((DoubleVector) kept.values()).values();
        double[] sorted = new double[positions.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = values[positions[i]];
        }
        Arrays.sort(sorted);
        for (int i = 0; i < wanted.length; i++) {
            double position = wanted[i] * (sorted.length - 1);
            int lower = (int) Math.floor(position);
            int higher = (int) Math.ceil(position);
            found[i] = between(sorted[lower], sorted[higher], position, lower);
        }
        return found;
    }

    private double between(double low, double high, double position, int lower) {
        if (!interpolates || low == high || position == lower) {
            return low;
        }
        return (lower + 1 - position) * low + (position - lower) * high;
    }

    @Override
    public long retainedBytes() {
        return kept.retainedBytes();
    }
}
