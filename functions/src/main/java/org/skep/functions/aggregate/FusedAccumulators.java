package org.skep.functions.aggregate;

import java.util.List;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Updates all aggregates of one operator together. The sums, averages and counts among them whose
 * arguments have no NULLs in a batch are updated in one loop over the rows, in which the states of
 * a group are neighbours in memory; this takes about half the time of a loop for each. All others
 * are updated by their own accumulators, so that the caller has one way for all batches:
 *
 * <pre>{@code
 * FusedAccumulators fused = FusedAccumulators.of(accumulators); // once a task
 * for each batch:
 *     if (fused != null) {
 *         fused.update(states, groups, arguments, selection, context);
 *     } else {
 *         for (int i = 0; i < accumulators.size(); i++) {
 *             accumulators.get(i).update(states[i], groups, arguments[i], selection, context);
 *         }
 *     }
 * }</pre>
 *
 * The states that result are the same as without it, to the last bit. Confined to one thread.
 */
public final class FusedAccumulators {
    // Up to this many groups, counts are first made in an array that stays in the first-level cache
    // and then added to all counting states; with more, each state is counted up row by row.
    private static final int COUNTED_GROUPS = 1024;

    private final Accumulator[] accumulators;
    private final boolean[] fused;
    private final int[] longOffsets;
    private final int[] doubleOffsets;
    private final int[] decimalOffsets;
    private final int[] countOffsets;
    private final long[][] longLanes;
    private final double[][] doubleLanes;
    private final DecimalVector[] decimalLanes;
    private final SumDecimalAccumulator[] decimalSums;
    private final int[] rowsOfGroup = new int[COUNTED_GROUPS];
    private int longs;
    private int doubles;
    private int decimals;
    private int counts;

    private FusedAccumulators(List<Accumulator> list) {
        accumulators = list.toArray(new Accumulator[0]);
        int count = accumulators.length;
        fused = new boolean[count];
        longOffsets = new int[count];
        doubleOffsets = new int[count];
        decimalOffsets = new int[count];
        countOffsets = new int[count];
        longLanes = new long[count][];
        doubleLanes = new double[count][];
        decimalLanes = new DecimalVector[count];
        decimalSums = new SumDecimalAccumulator[count];
    }

    /**
     * A kernel for the aggregates of an operator, in the order in which their states and arguments
     * will be given; null if fewer than two of them can share a loop.
     */
    public static FusedAccumulators of(List<Accumulator> accumulators) {
        long fusible = accumulators.stream().filter(FusedAccumulators::isFusible).count();
        return fusible < 2 ? null : new FusedAccumulators(accumulators);
    }

    private static boolean isFusible(Accumulator accumulator) {
        return accumulator instanceof CountAccumulator
                || accumulator instanceof SumLongAccumulator
                || accumulator instanceof SumDoubleAccumulator
                || accumulator instanceof SumDecimalAccumulator;
    }

    /**
     * Adds rows to all aggregates.
     *
     * @param states of each aggregate; all of them views on the same words
     * @param groups the group of each selected row, or null if all are of group 0
     * @param arguments the argument vectors of each aggregate, flat or constant
     */
    public void update(
            GroupStates[] states,
            int[] groups,
            ColumnVector[][] arguments,
            Selection selection,
            EvalContext context) {
        if (groups != null) {
            takeLanes(states, arguments);
            addLanes(states[0], groups, selection, context);
        }
        for (int i = 0; i < accumulators.length; i++) {
            if (groups == null || !fused[i]) {
                accumulators[i].update(states[i], groups, arguments[i], selection, context);
            }
        }
    }

    private void takeLanes(GroupStates[] states, ColumnVector[][] arguments) {
        longs = 0;
        doubles = 0;
        decimals = 0;
        counts = 0;
        for (int i = 0; i < accumulators.length; i++) {
            fused[i] = takeLane(accumulators[i], states[i].offset(), arguments[i]);
        }
    }

    private boolean takeLane(Accumulator accumulator, int offset, ColumnVector[] arguments) {
        for (ColumnVector argument : arguments) {
            if (argument.mayHaveNulls()) {
                return false;
            }
        }
        if (accumulator instanceof CountAccumulator) {
            countOffsets[counts++] = offset;
            return true;
        }
        if (!isFusible(accumulator) || arguments[0] instanceof ConstantVector) {
            return false;
        }
        if (accumulator instanceof SumLongAccumulator) {
            longOffsets[longs] = offset;
            longLanes[longs++] = ((LongVector) arguments[0]).values();
            countOffsets[counts++] = offset + 1;
            return true;
        }
        if (accumulator instanceof SumDoubleAccumulator
                && arguments[0] instanceof DoubleVector vector) {
            doubleOffsets[doubles] = offset;
            doubleLanes[doubles++] = vector.values();
            countOffsets[counts++] = offset + 1;
            return true;
        }
        if (accumulator instanceof SumDecimalAccumulator sum
                && arguments[0] instanceof DecimalVector vector
                && vector.high() == null) {
            decimalOffsets[decimals] = offset;
            decimalSums[decimals] = sum;
            decimalLanes[decimals++] = vector;
            countOffsets[counts++] = offset + 2;
            return true;
        }
        return false;
    }

    private void addLanes(
            GroupStates states, int[] groups, Selection selection, EvalContext context) {
        long[] words = states.words();
        int stride = states.stride();
        int[] positions = selection.positions();
        int count = selection.count();
        addDecimals(words, stride, groups, positions, count);
        if (addLongs(words, stride, groups, positions, count) < 0) {
            context.damage(EvalContext.Damage.WRAPPED, 1);
        }
        addDoubles(words, stride, groups, positions, count);
        if (counts > 0) {
            addCounts(words, stride, groups, count);
        }
    }

    // First the lanes that cannot wrap, four at a time, then the others with a check of each sum.
    private void addDecimals(long[] words, int stride, int[] groups, int[] positions, int count) {
        int plain = 0;
        for (int lane = 0; lane < decimals; lane++) {
            if (decimalSums[lane].reserve(decimalLanes[lane], positions, count)) {
                swapDecimals(plain++, lane);
            }
        }
        int lane = 0;
        for (; lane + 3 < plain; lane += 4) {
            addFour(words, stride, groups, positions, count, lane);
        }
        for (; lane + 1 < plain; lane += 2) {
            addTwo(words, stride, groups, positions, count, lane);
        }
        if (lane < plain) {
            long[] values = decimalLanes[lane].low();
            int offset = decimalOffsets[lane];
            for (int k = 0; k < count; k++) {
                words[groups[k] * stride + offset] += values[positions == null ? k : positions[k]];
            }
        }
        for (lane = plain; lane < decimals; lane++) {
            long[] values = decimalLanes[lane].low();
            int offset = decimalOffsets[lane];
            for (int k = 0; k < count; k++) {
                long value = values[positions == null ? k : positions[k]];
                SumDecimalAccumulator.addLow(words, groups[k] * stride + offset, value);
            }
        }
    }

    private void swapDecimals(int left, int right) {
        DecimalVector vector = decimalLanes[left];
        decimalLanes[left] = decimalLanes[right];
        decimalLanes[right] = vector;
        SumDecimalAccumulator sum = decimalSums[left];
        decimalSums[left] = decimalSums[right];
        decimalSums[right] = sum;
        int offset = decimalOffsets[left];
        decimalOffsets[left] = decimalOffsets[right];
        decimalOffsets[right] = offset;
    }

    private void addTwo(
            long[] words, int stride, int[] groups, int[] positions, int count, int lane) {
        long[] a = decimalLanes[lane].low();
        long[] b = decimalLanes[lane + 1].low();
        int atA = decimalOffsets[lane];
        int atB = decimalOffsets[lane + 1];
        for (int k = 0; k < count; k++) {
            int row = positions == null ? k : positions[k];
            int at = groups[k] * stride;
            words[at + atA] += a[row];
            words[at + atB] += b[row];
        }
    }

    private void addFour(
            long[] words, int stride, int[] groups, int[] positions, int count, int lane) {
        long[] a = decimalLanes[lane].low();
        long[] b = decimalLanes[lane + 1].low();
        long[] c = decimalLanes[lane + 2].low();
        long[] d = decimalLanes[lane + 3].low();
        int atA = decimalOffsets[lane];
        int atB = decimalOffsets[lane + 1];
        int atC = decimalOffsets[lane + 2];
        int atD = decimalOffsets[lane + 3];
        for (int k = 0; k < count; k++) {
            int row = positions == null ? k : positions[k];
            int at = groups[k] * stride;
            words[at + atA] += a[row];
            words[at + atB] += b[row];
            words[at + atC] += c[row];
            words[at + atD] += d[row];
        }
    }

    // The sign bit of the result says whether some addition wrapped.
    private long addLongs(long[] words, int stride, int[] groups, int[] positions, int count) {
        long wrapped = 0;
        int lane = 0;
        for (; lane + 1 < longs; lane += 2) {
            long[] a = longLanes[lane];
            long[] b = longLanes[lane + 1];
            int atA = longOffsets[lane];
            int atB = longOffsets[lane + 1];
            for (int k = 0; k < count; k++) {
                int row = positions == null ? k : positions[k];
                int at = groups[k] * stride;
                long beforeA = words[at + atA];
                long afterA = beforeA + a[row];
                words[at + atA] = afterA;
                long beforeB = words[at + atB];
                long afterB = beforeB + b[row];
                words[at + atB] = afterB;
                wrapped |= (beforeA ^ afterA) & (a[row] ^ afterA);
                wrapped |= (beforeB ^ afterB) & (b[row] ^ afterB);
            }
        }
        if (lane < longs) {
            long[] a = longLanes[lane];
            int atA = longOffsets[lane];
            for (int k = 0; k < count; k++) {
                int row = positions == null ? k : positions[k];
                int at = groups[k] * stride + atA;
                long before = words[at];
                long after = before + a[row];
                words[at] = after;
                wrapped |= (before ^ after) & (a[row] ^ after);
            }
        }
        return wrapped;
    }

    private void addDoubles(long[] words, int stride, int[] groups, int[] positions, int count) {
        int lane = 0;
        for (; lane + 1 < doubles; lane += 2) {
            double[] a = doubleLanes[lane];
            double[] b = doubleLanes[lane + 1];
            int atA = doubleOffsets[lane];
            int atB = doubleOffsets[lane + 1];
            for (int k = 0; k < count; k++) {
                int row = positions == null ? k : positions[k];
                int at = groups[k] * stride;
                addDouble(words, at + atA, a[row]);
                addDouble(words, at + atB, b[row]);
            }
        }
        if (lane < doubles) {
            double[] a = doubleLanes[lane];
            int atA = doubleOffsets[lane];
            for (int k = 0; k < count; k++) {
                int row = positions == null ? k : positions[k];
                addDouble(words, groups[k] * stride + atA, a[row]);
            }
        }
    }

    private static void addDouble(long[] words, int at, double value) {
        words[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[at]) + value);
    }

    private void addCounts(long[] words, int stride, int[] groups, int count) {
        int highest = 0;
        for (int k = 0; k < count; k++) {
            highest = Math.max(highest, groups[k]);
        }
        if (highest >= COUNTED_GROUPS || highest > count) {
            for (int k = 0; k < count; k++) {
                int at = groups[k] * stride;
                for (int i = 0; i < counts; i++) {
                    words[at + countOffsets[i]]++;
                }
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            rowsOfGroup[groups[k]]++;
        }
        for (int group = 0; group <= highest; group++) {
            int rows = rowsOfGroup[group];
            if (rows != 0) {
                rowsOfGroup[group] = 0;
                for (int i = 0; i < counts; i++) {
                    words[group * stride + countOffsets[i]] += rows;
                }
            }
        }
    }
}
