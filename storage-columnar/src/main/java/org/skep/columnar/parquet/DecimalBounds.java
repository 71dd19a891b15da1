package org.skep.columnar.parquet;

import org.skep.types.DecimalType;
import org.skep.types.vector.DecimalVector;

/**
 * Makes sure that decoded decimals have no more digits than their type, and tells the vector how
 * large they are. What has more digits becomes NULL, as Hive does. Stateless.
 */
final class DecimalBounds {
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private DecimalBounds() {}

    /** Ten to the power of {@code exponent}, at most 18. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    /**
     * Checks the first {@code count} values.
     *
     * @param nulls flags to set where a value becomes NULL, or null to set them in the vector
     * @return whether a value became NULL
     */
    static boolean apply(DecimalVector vector, int count, boolean[] nulls) {
        DecimalType type = (DecimalType) vector.type();
        if (vector.high() != null) {
            return applyWide(vector, type, count, nulls);
        }
        long[] low = vector.low();
        long all = 0;
        for (int i = 0; i < count; i++) {
            all |= low[i] ^ (low[i] >> 63);
        }
        if (!type.fitsLong()) {
            // the bits of a negative value are those of its absolute value less one
            vector.setBound(all == Long.MAX_VALUE ? all : all + 1);
            return false;
        }
        long most = POWERS[type.precision()] - 1;
        vector.setBound(Math.min(most, all + 1));
        if (all <= most) {
            return false;
        }
        boolean found = false;
        for (int i = 0; i < count; i++) {
            if (low[i] > most || low[i] < -most) {
                low[i] = 0;
                found = true;
                setNull(vector, i, nulls);
            }
        }
        return found;
    }

    private static boolean applyWide(
            DecimalVector vector, DecimalType type, int count, boolean[] nulls) {
        boolean found = false;
        long most = type.fitsLong() ? POWERS[type.precision()] - 1 : Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            long low = vector.low()[i];
            long high = vector.highAt(i);
            boolean over =
                    type.fitsLong()
                            ? high != low >> 63 || low > most || low < -most
                            : vector.decimalAt(i).precision() > type.precision();
            if (over) {
                vector.set(i, 0L);
                found = true;
                setNull(vector, i, nulls);
            }
        }
        return found;
    }

    private static void setNull(DecimalVector vector, int row, boolean[] nulls) {
        if (nulls == null) {
            vector.setNull(row);
        } else {
            nulls[row] = true;
        }
    }
}
