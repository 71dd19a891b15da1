package org.skep.functions.aggregate;

import java.util.function.IntFunction;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Variance and standard deviation, kept up to date value by value. Three words: how many values;
 * the bits of their sum; the bits of the sum of squared distances from their mean. Confined to one
 * thread.
 */
final class VarianceAccumulator extends OneArgument {
    /** What is made of the sum of squared distances. */
    enum Result {
        VARIANCE,
        VARIANCE_OF_SAMPLE,
        DEVIATION,
        DEVIATION_OF_SAMPLE
    }

    private final Result result;

    VarianceAccumulator(Result result) {
        this.result = result;
    }

    @Override
    public int width() {
        return 3;
    }

    @Override
    public void init(long[] words, int at) {
        words[at] = 0;
        words[at + 1] = 0;
        words[at + 2] = 0;
    }

    @Override
    void add(GroupStates states, ValueRows rows, EvalContext context) {
        double[] values = NumberArguments.doubles(rows);
        long[] words = states.words();
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        for (int k = 0; k < rows.count(); k++) {
            double value = values[positions == null ? k : positions[k]];
            int at = states.at(groups == null ? 0 : groups[k]);
            long count = ++words[at];
            double sum = Double.longBitsToDouble(words[at + 1]) + value;
            words[at + 1] = Double.doubleToRawLongBits(sum);
            if (count > 1) {
                double distance = count * value - sum;
                double squares = Double.longBitsToDouble(words[at + 2]);
                squares += distance * distance / ((double) count * (count - 1));
                words[at + 2] = Double.doubleToRawLongBits(squares);
            }
        }
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        ValueRows column = new ValueRows();
        IntFunction<ColumnVector> flat =
                i -> {
                    column.take(intermediate[i], selection, groups);
                    return column.values();
                };
        long[] counts = ((LongVector) flat.apply(0)).values();
        double[] sums = ((DoubleVector) flat.apply(1)).values();
        double[] squares = ((DoubleVector) flat.apply(2)).values();
        int[] positions = column.positions();
        long[] words = states.words();
        for (int k = 0; k < selection.count(); k++) {
            int row = positions == null ? k : positions[k];
            int at = states.at(groups == null ? 0 : groups[k]);
            merge(words, at, counts[row], sums[row], squares[row]);
        }
    }

    private static void merge(long[] words, int at, long count, double sum, double squares) {
        if (count == 0) {
            return;
        }
        long ownCount = words[at];
        double ownSum = Double.longBitsToDouble(words[at + 1]);
        double merged = squares;
        if (ownCount > 0) {
            double distance = (double) count / ownCount * ownSum - sum;
            merged +=
                    Double.longBitsToDouble(words[at + 2])
                            + (double) ownCount / count / (ownCount + count) * distance * distance;
        }
        words[at] = ownCount + count;
        words[at + 1] = Double.doubleToRawLongBits(ownSum + sum);
        words[at + 2] = Double.doubleToRawLongBits(merged);
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        for (ColumnVector column : out) {
            column.ensureCapacity(count);
        }
        long[] words = states.words();
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            ((LongVector) out[0]).values()[i] = words[at];
            ((DoubleVector) out[1]).values()[i] = Double.longBitsToDouble(words[at + 1]);
            ((DoubleVector) out[2]).values()[i] = Double.longBitsToDouble(words[at + 2]);
        }
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        out.ensureCapacity(count);
        double[] values = ((DoubleVector) out).values();
        boolean sample =
                result == Result.VARIANCE_OF_SAMPLE || result == Result.DEVIATION_OF_SAMPLE;
        boolean root = result == Result.DEVIATION || result == Result.DEVIATION_OF_SAMPLE;
        long[] words = states.words();
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            long rows = sample ? words[at] - 1 : words[at];
            if (rows <= 0) {
                out.setNull(i);
            } else {
                double variance = Double.longBitsToDouble(words[at + 2]) / rows;
                values[i] = root ? Math.sqrt(variance) : variance;
            }
        }
    }
}
