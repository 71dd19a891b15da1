package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.functions.call.LongArgument;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.StructVector;

/**
 * Approximate percentiles, or the histogram that they come from. One word: 1 plus the number of the
 * group's histogram, 0 while there is none. Confined to one thread.
 */
final class HistogramAccumulator implements Accumulator {
    private static final int USUAL_BINS = 10_000;

    private final ValueRows rows = new ValueRows();
    private final List<Histogram> histograms = new ArrayList<>();
    private final Fractions fractions = new Fractions();
    private final boolean percentiles;

    private HistogramAccumulator(boolean percentiles) {
        this.percentiles = percentiles;
    }

    /** Arguments: value, fractions, and perhaps how many bins. */
    static HistogramAccumulator percentiles() {
        return new HistogramAccumulator(true);
    }

    /** Arguments: value and how many bins. */
    static HistogramAccumulator bins() {
        return new HistogramAccumulator(false);
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
        if (selection.count() == 0) {
            return;
        }
        int first = selection.position(0);
        if (percentiles) {
            fractions.take(arguments[1], first);
        }
        int limit = USUAL_BINS;
        int limitAt = percentiles ? 2 : 1;
        if (arguments.length > limitAt) {
            limit = LongArgument.of(arguments[limitAt]).intAt(first);
            if (limit < 2) {
                throw new SkepException(
                        ErrorCode.RUNTIME_ERROR, "Number of bins must be at least 2: " + limit);
            }
        }
        rows.take(arguments[0], selection, groups);
        double[] values = NumberArguments.doubles(rows);
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            int at = states.at(rows.groups() == null ? 0 : rows.groups()[k]);
            double value = values[row];
            histogram(states.words(), at, limit).add(value == 0 ? 0.0 : value);
        }
    }

    private Histogram histogram(long[] words, int at, int limit) {
        if (words[at] == 0) {
            histograms.add(new Histogram(limit));
            words[at] = histograms.size();
        }
        return histograms.get((int) words[at] - 1);
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
        if (rows.count() == 0) {
            return;
        }
        ListVector lists = (ListVector) rows.values();
        double[] array = ((DoubleVector) lists.elements()).values();
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            int at = states.at(rows.groups() == null ? 0 : rows.groups()[k]);
            int start = lists.starts()[row];
            Histogram other = Histogram.of(array, start, lists.lengths()[row]);
            histogram(states.words(), at, (int) array[start]).merge(other);
        }
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        out[0].ensureCapacity(count);
        out[1].ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            fractions.write((ListVector) out[0], i);
            int index = (int) states.words()[states.at(firstGroup + i)] - 1;
            if (index < 0) {
                ((ListVector) out[1]).append(i, 0);
                out[1].setNull(i);
            } else {
                Fractions.write(histograms.get(index).toArray(), (ListVector) out[1], i);
            }
        }
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        out.ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            int index = (int) states.words()[states.at(firstGroup + i)] - 1;
            if (index < 0 || (percentiles && fractions.values() == null)) {
                out.setNull(i);
            } else if (percentiles) {
                finishPercentiles(histograms.get(index), out, i);
            } else {
                finishBins(histograms.get(index), (ListVector) out, i);
            }
        }
    }

    private void finishPercentiles(Histogram histogram, ColumnVector out, int row) {
        double[] found = new double[fractions.values().length];
        for (int i = 0; i < found.length; i++) {
            found[i] = histogram.quantile(fractions.values()[i]);
        }
        if (out instanceof ListVector lists) {
            Fractions.write(found, lists, row);
        } else {
            ((DoubleVector) out).values()[row] = found[0];
        }
    }

    private static void finishBins(Histogram histogram, ListVector out, int row) {
        int at = out.append(row, histogram.size());
        StructVector bins = (StructVector) out.elements();
        for (int i = 0; i < histogram.size(); i++) {
            ((DoubleVector) bins.field(0)).values()[at + i] = histogram.centre(i);
            ((DoubleVector) bins.field(1)).values()[at + i] = histogram.count(i);
        }
    }

    @Override
    public long retainedBytes() {
        long bytes = 0;
        for (Histogram histogram : histograms) {
            bytes += histogram.retainedBytes();
        }
        return bytes;
    }
}
