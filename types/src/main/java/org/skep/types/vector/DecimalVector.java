package org.skep.types.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.skep.types.DataType;
import org.skep.types.DecimalType;

/**
 * DECIMAL values as unscaled two's complement integers at the scale of the type. While all values
 * fit, there is only the array of low words, each then a signed {@code long}; once one does not
 * fit, there is an array of high words beside it, and the low words are unsigned. Which of the two
 * it is belongs to the vector, not to the type. Confined to one thread.
 */
public final class DecimalVector extends ColumnVector {
    private long[] low;
    private long[] high;
    private long bound = Long.MAX_VALUE;

    /**
     * A vector with room for {@code capacity} values, all in {@code long}s until one needs more.
     */
    public DecimalVector(DataType type, int capacity) {
        super(type);
        low = new long[capacity];
    }

    /** A vector over an array of unscaled values that it takes over. */
    public DecimalVector(DataType type, long[] unscaled) {
        super(type);
        low = unscaled;
    }

    /** Digits after the point. */
    public int scale() {
        return ((DecimalType) type()).scale();
    }

    /** The low words by position: the whole unscaled values while {@link #high} is null. */
    public long[] low() {
        return low;
    }

    /** The high words by position, or null while all values fit in a {@code long}. */
    public long[] high() {
        return high;
    }

    /**
     * A number that no absolute unscaled value exceeds, if the values fit in a {@code long}; it
     * lets arithmetic skip overflow checks. {@code Long.MAX_VALUE} when unknown.
     */
    public long bound() {
        return bound;
    }

    /** States such a bound; readers know it from statistics, operators from their operands. */
    public void setBound(long newBound) {
        bound = newBound;
    }

    /** Gives all positions a high word. */
    public void widen() {
        if (high == null) {
            high = new long[low.length];
            for (int i = 0; i < low.length; i++) {
                high[i] = low[i] >> 63;
            }
            bound = Long.MAX_VALUE;
        }
    }

    /** Sets a value that fits in a {@code long}. */
    public void set(int row, long unscaled) {
        low[row] = unscaled;
        if (high != null) {
            high[row] = unscaled >> 63;
        }
    }

    /** Sets a value of 128 bits, widening the vector only if it must. */
    public void set(int row, long highWord, long lowWord) {
        if (high == null) {
            if (highWord == lowWord >> 63) {
                low[row] = lowWord;
                return;
            }
            widen();
        }
        low[row] = lowWord;
        high[row] = highWord;
    }

    /** The high word at {@code row}. */
    public long highAt(int row) {
        return high == null ? low[row] >> 63 : high[row];
    }

    /** The value at {@code row}; for rare paths. */
    public BigDecimal decimalAt(int row) {
        if (high == null) {
            return BigDecimal.valueOf(low[row], scale());
        }
        BigInteger unscaled =
                BigInteger.valueOf(high[row])
                        .shiftLeft(64)
                        .add(new BigInteger(Long.toUnsignedString(low[row])));
        return new BigDecimal(unscaled, scale());
    }

    /** Sets a value already at this vector's scale; for rare paths. */
    public void set(int row, BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        set(row, unscaled.shiftRight(64).longValue(), unscaled.longValue());
    }

    @Override
    public int capacity() {
        return low.length;
    }

    @Override
    void grow(int capacity) {
        if (capacity > low.length) {
            low = Arrays.copyOf(low, grownCapacity(low.length, capacity));
            if (high != null) {
                high = Arrays.copyOf(high, low.length);
            }
        }
    }

    @Override
    public void reset() {
        super.reset();
        high = null;
        bound = Long.MAX_VALUE;
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        DecimalVector other = (DecimalVector) source;
        if (other.high != null) {
            widen();
        }
        bound = at == 0 ? other.bound : Math.max(bound, other.bound);
        long[] theirs = other.low;
        if (positions == null) {
            System.arraycopy(theirs, from, low, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                int position = positions[from + i];
                if (position >= 0) {
                    low[at + i] = theirs[position];
                }
            }
        }
        if (high != null) {
            for (int i = 0; i < count; i++) {
                int position = positions == null ? from + i : positions[from + i];
                if (position >= 0) {
                    high[at + i] = other.highAt(position);
                }
            }
        }
    }

    @Override
    public long retainedBytes() {
        return 8L * low.length + (high == null ? 0 : 8L * high.length) + nullBytes();
    }
}
