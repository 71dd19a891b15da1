package org.skep.functions.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Sums or averages decimals exactly; NULL for no values and when the result needs too many digits.
 * Three words: the low and high word of the sum, where the value is {@code high * 2^64 + low} with
 * a <em>signed</em> low word, so that most additions touch the low word only; and how many values
 * were added. A sum that ever reaches 10^38 stays lost, which the high word {@link #LOST} says.
 * Confined to one thread.
 */
final class SumDecimalAccumulator extends OneArgument {
    private static final long LOST = Long.MIN_VALUE;
    private static final BigInteger LIMIT = BigInteger.TEN.pow(DecimalType.MAX_PRECISION);
    // the high word of 10^38
    private static final long LIMIT_HIGH = LIMIT.shiftRight(64).longValueExact();

    // times 10^4 still a long, and an average of such a sum needs no more digits than a value
    private static final long SAFE = Long.MAX_VALUE / 10_000;
    private static final long[] POWERS = {1, 10, 100, 1000, 10_000};

    private final int argumentScale;
    private final DecimalType result;
    private final boolean average;
    // how much may still be added to any low word before one might wrap
    private long room = Long.MAX_VALUE;

    private SumDecimalAccumulator(int argumentScale, DecimalType result, boolean average) {
        this.argumentScale = argumentScale;
        this.result = result;
        this.average = average;
    }

    static SumDecimalAccumulator sum(DecimalType argument, DecimalType result) {
        return new SumDecimalAccumulator(argument.scale(), result, false);
    }

    static SumDecimalAccumulator average(DecimalType argument, DecimalType result) {
        return new SumDecimalAccumulator(argument.scale(), result, true);
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

    /**
     * Whether the first {@code count} selected of these values can be added to low words without
     * one wrapping. If so, the caller adds them; if not, the question is never answered with yes
     * again.
     */
    boolean reserve(DecimalVector decimals, int[] positions, int count) {
        if (room == 0) {
            return false;
        }
        long magnitude = decimals.bound();
        if (magnitude == Long.MAX_VALUE) {
            magnitude = LongSums.magnitude(decimals.low(), positions, count);
        }
        if (count > 0 && magnitude > room / count) {
            room = 0;
            return false;
        }
        room -= magnitude * count;
        return true;
    }

    @Override
    void add(GroupStates states, ValueRows rows, EvalContext context) {
        DecimalVector decimals = (DecimalVector) rows.values();
        if (decimals.high() != null) {
            room = 0;
            addWide(states, rows, decimals);
        } else if (rows.groups() != null && reserve(decimals, rows.positions(), rows.count())) {
            addPlain(states, rows, decimals.low());
        } else if (rows.groups() == null) {
            addToOne(states, rows, decimals.low());
        } else if (rows.positions() == null) {
            addDense(states, rows.groups(), decimals.low(), rows.count());
        } else {
            addSparse(states, rows.groups(), decimals.low(), rows.positions(), rows.count());
        }
    }

    private static void addPlain(GroupStates states, ValueRows rows, long[] values) {
        long[] words = states.words();
        int offset = states.offset();
        int stride = states.stride();
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        int count = rows.count();
        if (positions == null) {
            for (int k = 0; k < count; k++) {
                int at = groups[k] * stride + offset;
                words[at] += values[k];
                words[at + 2]++;
            }
        } else {
            for (int k = 0; k < count; k++) {
                int at = groups[k] * stride + offset;
                words[at] += values[positions[k]];
                words[at + 2]++;
            }
        }
    }

    private static void addDense(GroupStates states, int[] groups, long[] values, int count) {
        long[] words = states.words();
        int offset = states.offset();
        int stride = states.stride();
        for (int k = 0; k < count; k++) {
            int at = groups[k] * stride + offset;
            long value = values[k];
            long before = words[at];
            long after = before + value;
            words[at] = after;
            words[at + 2]++;
            if (((before ^ after) & (value ^ after)) < 0) {
                carry(words, at, value);
            }
        }
    }

    private static void addSparse(
            GroupStates states, int[] groups, long[] values, int[] positions, int count) {
        long[] words = states.words();
        int offset = states.offset();
        int stride = states.stride();
        for (int k = 0; k < count; k++) {
            int at = groups[k] * stride + offset;
            long value = values[positions[k]];
            long before = words[at];
            long after = before + value;
            words[at] = after;
            words[at + 2]++;
            if (((before ^ after) & (value ^ after)) < 0) {
                carry(words, at, value);
            }
        }
    }

    private void addToOne(GroupStates states, ValueRows rows, long[] values) {
        room = 0;
        long[] words = states.words();
        int at = states.offset();
        int count = rows.count();
        int[] positions = rows.positions();
        long[] magnitude = new long[1];
        long total = LongSums.sum(values, positions, count, magnitude);
        words[at + 2] += count;
        if (magnitude[0] <= Long.MAX_VALUE / count) {
            addLow(words, at, total);
            return;
        }
        for (int k = 0; k < count; k++) {
            addLow(words, at, values[positions == null ? k : positions[k]]);
        }
    }

    /** Adds a value that fits in a {@code long} to the sum at {@code at}. */
    static void addLow(long[] words, int at, long value) {
        long before = words[at];
        long after = before + value;
        words[at] = after;
        if (((before ^ after) & (value ^ after)) < 0) {
            carry(words, at, value);
        }
    }

    /** Corrects the high word after the low word wrapped around while adding {@code value}. */
    static void carry(long[] words, int at, long value) {
        if (words[at + 1] != LOST) {
            words[at + 1] += value < 0 ? -1 : 1;
        }
    }

    private static void addWide(GroupStates states, ValueRows rows, DecimalVector decimals) {
        long[] words = states.words();
        long[] low = decimals.low();
        long[] high = decimals.high();
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        for (int k = 0; k < rows.count(); k++) {
            int row = positions == null ? k : positions[k];
            int at = states.at(groups == null ? 0 : groups[k]);
            addWide(words, at, high[row], low[row]);
            words[at + 2]++;
        }
    }

    // highWord and lowWord are plain two's complement, with an unsigned low word.
    private static void addWide(long[] words, int at, long highWord, long lowWord) {
        if (words[at + 1] == LOST) {
            return;
        }
        addLow(words, at, lowWord);
        words[at + 1] += highWord + (lowWord < 0 ? 1 : 0);
        long high = words[at + 1];
        if ((high >= LIMIT_HIGH || high <= -LIMIT_HIGH)
                && value(words, at).abs().compareTo(LIMIT) >= 0) {
            words[at + 1] = LOST;
        }
    }

    private static BigInteger value(long[] words, int at) {
        return BigInteger.valueOf(words[at + 1]).shiftLeft(64).add(BigInteger.valueOf(words[at]));
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        room = 0;
        ValueRows counted = new ValueRows();
        counted.take(intermediate[1], selection, groups);
        long[] counts = ((LongVector) counted.values()).values();
        boolean constant = intermediate[0] instanceof ConstantVector;
        DecimalVector sums =
                (DecimalVector)
                        (intermediate[0] instanceof ConstantVector one
                                ? one.value()
                                : intermediate[0]);
        long[] words = states.words();
        for (int k = 0; k < selection.count(); k++) {
            int row = constant ? 0 : selection.position(k);
            int at = states.at(groups == null ? 0 : groups[k]);
            words[at + 2] += counts[counted.positions() == null ? k : counted.positions()[k]];
            if (sums.isNull(row)) {
                words[at + 1] = LOST;
            } else {
                addWide(words, at, sums.highAt(row), sums.low()[row]);
            }
        }
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        out[0].ensureCapacity(count);
        out[1].ensureCapacity(count);
        DecimalVector sums = (DecimalVector) out[0];
        long[] counts = ((LongVector) out[1]).values();
        long[] words = states.words();
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            counts[i] = words[at + 2];
            if (words[at + 1] == LOST) {
                sums.setNull(i);
            } else {
                set(sums, i, words[at + 1], words[at]);
            }
        }
    }

    private static void set(DecimalVector out, int row, long high, long signedLow) {
        out.set(row, high + (signedLow >> 63), signedLow);
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        out.ensureCapacity(count);
        DecimalVector decimals = (DecimalVector) out;
        BigInteger limit = BigInteger.TEN.pow(result.precision());
        long smallLimit = result.fitsLong() ? limit.longValueExact() : Long.MAX_VALUE;
        long[] words = states.words();
        long lost = 0;
        for (int i = 0; i < count; i++) {
            int at = states.at(firstGroup + i);
            if (words[at + 2] == 0) {
                decimals.setNull(i);
            } else if (words[at + 1] == LOST) {
                decimals.setNull(i);
                lost++;
            } else if (average) {
                lost += finishAverage(words, at, decimals, i, limit);
            } else if (words[at + 1] == 0
                    && (smallLimit == Long.MAX_VALUE
                            || (words[at] < smallLimit && words[at] > -smallLimit))) {
                decimals.set(i, words[at]);
            } else if (value(words, at).abs().compareTo(limit) >= 0) {
                decimals.setNull(i);
                lost++;
            } else {
                set(decimals, i, words[at + 1], words[at]);
            }
        }
        if (lost > 0) {
            context.damage(EvalContext.Damage.TURNED_NULL, lost);
        }
    }

    private int finishAverage(long[] words, int at, DecimalVector out, int row, BigInteger limit) {
        long count = words[at + 2];
        long low = words[at];
        int shift = result.scale() - argumentScale;
        if (words[at + 1] == 0 && shift >= 0 && shift <= 4 && Math.abs(low) < SAFE && low != LOST) {
            long dividend = low * POWERS[shift];
            long quotient = dividend / count;
            long rest = Math.abs(dividend % count);
            out.set(row, rest >= count - rest ? quotient + (low < 0 ? -1 : 1) : quotient);
            return 0;
        }
        BigDecimal quotient =
                new BigDecimal(value(words, at), argumentScale)
                        .divide(
                                BigDecimal.valueOf(words[at + 2]),
                                result.scale(),
                                RoundingMode.HALF_UP);
        if (quotient.unscaledValue().abs().compareTo(limit) >= 0) {
            out.setNull(row);
            return 1;
        }
        out.set(row, quotient);
        return 0;
    }
}
