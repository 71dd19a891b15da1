package org.skep.functions.aggregate;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.TypeKind;
import org.skep.types.text.DoubleText;
import org.skep.types.text.Parsed;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Sums doubles in the order of rows, or averages doubles or integers; NULL for no values.
 * Timestamps count as seconds since 1970, as if they were UTC; texts in a sum as the numbers in
 * them, those without as 0. Two words: the bits of the sum, and how many values were added.
 * Confined to one thread.
 */
final class SumDoubleAccumulator extends OneArgument {
    private final boolean average;
    private final Parsed parsed = new Parsed();

    private SumDoubleAccumulator(boolean average) {
        this.average = average;
    }

    static SumDoubleAccumulator sum() {
        return new SumDoubleAccumulator(false);
    }

    static SumDoubleAccumulator average() {
        return new SumDoubleAccumulator(true);
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public void init(long[] words, int at) {
        words[at] = 0; // the bits of 0.0
        words[at + 1] = 0;
    }

    @Override
    void add(GroupStates states, ValueRows rows, EvalContext context) {
        if (rows.values() instanceof BytesVector texts) {
            addTexts(states, rows, texts);
            return;
        }
        if (rows.values() instanceof LongVector longs) {
            if (longs.type().kind() == TypeKind.TIMESTAMP) {
                addTimes(states, rows, longs);
            } else {
                addLongs(states, rows, longs.values());
            }
            return;
        }
        double[] values = ((DoubleVector) rows.values()).values();
        long[] words = states.words();
        int offset = states.offset();
        int stride = states.stride();
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        int count = rows.count();
        if (groups == null) {
            double sum = Double.longBitsToDouble(words[offset]);
            if (positions == null) {
                for (int k = 0; k < count; k++) {
                    sum += values[k];
                }
            } else {
                for (int k = 0; k < count; k++) {
                    sum += values[positions[k]];
                }
            }
            words[offset] = Double.doubleToRawLongBits(sum);
            words[offset + 1] += count;
        } else if (positions == null) {
            for (int k = 0; k < count; k++) {
                int at = groups[k] * stride + offset;
                words[at] =
                        Double.doubleToRawLongBits(Double.longBitsToDouble(words[at]) + values[k]);
                words[at + 1]++;
            }
        } else {
            for (int k = 0; k < count; k++) {
                int at = groups[k] * stride + offset;
                words[at] =
                        Double.doubleToRawLongBits(
                                Double.longBitsToDouble(words[at]) + values[positions[k]]);
                words[at + 1]++;
            }
        }
    }

    private void addTexts(GroupStates states, ValueRows rows, BytesVector texts) {
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            boolean number =
                    DoubleText.parse(
                            texts.data(), texts.starts()[row], texts.lengths()[row], parsed);
            addOne(states, rows, k, number ? parsed.number() : 0);
        }
    }

    private static void addTimes(GroupStates states, ValueRows rows, LongVector times) {
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            addOne(states, rows, k, NumberArguments.seconds(times, row));
        }
    }

    private static void addOne(GroupStates states, ValueRows rows, int k, double value) {
        long[] words = states.words();
        int at = states.at(rows.groups() == null ? 0 : rows.groups()[k]);
        words[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[at]) + value);
        words[at + 1]++;
    }

    private static void addLongs(GroupStates states, ValueRows rows, long[] values) {
        long[] words = states.words();
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        int offset = states.offset();
        int stride = states.stride();
        int count = rows.count();
        for (int k = 0; k < count; k++) {
            int at = groups == null ? offset : groups[k] * stride + offset;
            double value = values[positions == null ? k : positions[k]];
            words[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[at]) + value);
            words[at + 1]++;
        }
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        rows.take(intermediate[0], selection, groups);
        double[] sums = ((DoubleVector) rows.values()).values();
        long[] words = states.words();
        ValueRows counted = new ValueRows();
        counted.take(intermediate[1], selection, groups);
        long[] counts = ((LongVector) counted.values()).values();
        for (int k = 0; k < rows.count(); k++) {
            int at = states.at(groups == null ? 0 : groups[k]);
            double sum = sums[rows.positions() == null ? k : rows.positions()[k]];
            words[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[at]) + sum);
            words[at + 1] += counts[counted.positions() == null ? k : counted.positions()[k]];
        }
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        out[0].ensureCapacity(count);
        out[1].ensureCapacity(count);
        double[] sums = ((DoubleVector) out[0]).values();
        long[] counts = ((LongVector) out[1]).values();
        long[] words = states.words();
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            sums[i] = Double.longBitsToDouble(words[at]);
            counts[i] = words[at + 1];
        }
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        out.ensureCapacity(count);
        double[] values = ((DoubleVector) out).values();
        long[] words = states.words();
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            double sum = Double.longBitsToDouble(words[at]);
            values[i] = average ? sum / words[at + 1] : sum;
            if (words[at + 1] == 0) {
                out.setNull(i);
            }
        }
    }
}
