package org.skep.functions.aggregate;

import org.skep.functions.api.Accumulator;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.functions.call.DoubleArgument;
import org.skep.functions.call.LongArgument;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Covariance, correlation and linear regression of pairs (first, second) in which neither is NULL.
 * Six words: how many pairs, then the bits of: the means of both, the sums of squared distances
 * from them, and the sum of products of distances. Confined to one thread.
 */
final class PairAccumulator implements Accumulator {
    private static final int DOUBLES = 5;

    /** What is made of the state. The regression functions take y first and x second. */
    enum Result {
        COVARIANCE,
        COVARIANCE_OF_SAMPLE,
        CORRELATION,
        COUNT,
        SLOPE,
        INTERCEPT,
        DETERMINATION,
        AVERAGE_OF_X,
        AVERAGE_OF_Y,
        SQUARES_OF_X,
        SQUARES_OF_Y,
        PRODUCTS
    }

    private final Result result;

    PairAccumulator(Result result) {
        this.result = result;
    }

    @Override
    public int width() {
        return 1 + DOUBLES;
    }

    @Override
    public void init(long[] words, int at) {
        for (int i = 0; i <= DOUBLES; i++) {
            words[at + i] = 0;
        }
    }

    @Override
    public void update(
            GroupStates states,
            int[] groups,
            ColumnVector[] arguments,
            Selection selection,
            EvalContext context) {
        DoubleArgument firsts = DoubleArgument.of(NumberArguments.doubles(arguments[0]));
        DoubleArgument seconds = DoubleArgument.of(NumberArguments.doubles(arguments[1]));
        long[] words = states.words();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            if (firsts.isNull(row) || seconds.isNull(row)) {
                continue;
            }
            int at = states.at(groups == null ? 0 : groups[k]);
            long count = ++words[at];
            double first = firsts.at(row);
            double second = seconds.at(row);
            double fromFirst = first - get(words, at, 0);
            double fromSecond = second - get(words, at, 1);
            double firstMean = get(words, at, 0) + fromFirst / count;
            double secondMean = get(words, at, 1) + fromSecond / count;
            set(words, at, 0, firstMean);
            set(words, at, 1, secondMean);
            if (count > 1) {
                set(words, at, 2, get(words, at, 2) + fromFirst * (first - firstMean));
                set(words, at, 3, get(words, at, 3) + fromSecond * (second - secondMean));
                set(words, at, 4, get(words, at, 4) + fromFirst * (second - secondMean));
            }
        }
    }

    private static double get(long[] words, int at, int index) {
        return Double.longBitsToDouble(words[at + 1 + index]);
    }

    private static void set(long[] words, int at, int index, double value) {
        words[at + 1 + index] = Double.doubleToRawLongBits(value);
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        LongArgument counts = LongArgument.of(intermediate[0]);
        DoubleArgument[] parts = new DoubleArgument[DOUBLES];
        for (int i = 0; i < DOUBLES; i++) {
            parts[i] = DoubleArgument.of(intermediate[1 + i]);
        }
        long[] words = states.words();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int at = states.at(groups == null ? 0 : groups[k]);
            double count = counts.at(row);
            if (count == 0) {
                continue;
            }
            double own = words[at];
            double total = own + count;
            double fromFirst = get(words, at, 0) - parts[0].at(row);
            double fromSecond = get(words, at, 1) - parts[1].at(row);
            double weight = own * count / total;
            for (int i = 0; i < 2; i++) {
                double mean = (get(words, at, i) * own + parts[i].at(row) * count) / total;
                set(words, at, i, mean);
            }
            double[] between = {
                fromFirst * fromFirst, fromSecond * fromSecond, fromFirst * fromSecond
            };
            for (int i = 2; i < DOUBLES; i++) {
                double sum = get(words, at, i) + parts[i].at(row) + between[i - 2] * weight;
                set(words, at, i, sum);
            }
            words[at] += counts.at(row);
        }
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        for (ColumnVector column : out) {
            column.ensureCapacity(count);
        }
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            ((LongVector) out[0]).values()[i] = states.words()[at];
            for (int j = 0; j < DOUBLES; j++) {
                ((DoubleVector) out[1 + j]).values()[i] = get(states.words(), at, j);
            }
        }
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        out.ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            long pairs = states.words()[at];
            if (result == Result.COUNT) {
                ((LongVector) out).values()[i] = pairs;
            } else if (pairs < leastPairs() || isVertical(states.words(), at)) {
                out.setNull(i);
            } else {
                ((DoubleVector) out).values()[i] = value(states.words(), at, pairs);
            }
        }
    }

    private int leastPairs() {
        return switch (result) {
            case COVARIANCE_OF_SAMPLE, CORRELATION, SLOPE, INTERCEPT, DETERMINATION -> 2;
            case COVARIANCE,
                    COUNT,
                    AVERAGE_OF_X,
                    AVERAGE_OF_Y,
                    SQUARES_OF_X,
                    SQUARES_OF_Y,
                    PRODUCTS ->
                    1;
        };
    }

    // No line is a function of x if all x are equal.
    private boolean isVertical(long[] words, int at) {
        boolean needsLine =
                result == Result.SLOPE
                        || result == Result.INTERCEPT
                        || result == Result.DETERMINATION;
        return needsLine && get(words, at, 3) == 0;
    }

    private double value(long[] words, int at, long pairs) {
        double firstMean = get(words, at, 0);
        double secondMean = get(words, at, 1);
        double firstSquares = get(words, at, 2);
        double secondSquares = get(words, at, 3);
        double products = get(words, at, 4);
        return switch (result) {
            case COVARIANCE -> products / pairs;
            case COVARIANCE_OF_SAMPLE -> products / (pairs - 1);
            case CORRELATION -> products / Math.sqrt(firstSquares) / Math.sqrt(secondSquares);
            case COUNT -> pairs;
            case SLOPE -> products / secondSquares;
            case INTERCEPT -> firstMean - products / secondSquares * secondMean;
            case DETERMINATION ->
                    firstSquares == 0 ? 1 : products * products / secondSquares / firstSquares;
            case AVERAGE_OF_X -> secondMean;
            case AVERAGE_OF_Y -> firstMean;
            case SQUARES_OF_X -> secondSquares;
            case SQUARES_OF_Y -> firstSquares;
            case PRODUCTS -> products;
        };
    }
}
