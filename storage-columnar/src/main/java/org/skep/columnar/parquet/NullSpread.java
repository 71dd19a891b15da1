package org.skep.columnar.parquet;

import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/**
 * Moves values that were decoded one after the other to the positions that are not NULL. Stateless.
 */
final class NullSpread {
    private NullSpread() {}

    /** Spreads the {@code present} values from {@code at} on over {@code count} positions. */
    static void spread(ColumnVector vector, boolean[] nulls, int at, int count, int present) {
        if (vector instanceof LongVector longs) {
            spread(longs.values(), nulls, at, count, present);
            if (longs.nanos() != null) {
                spread(longs.nanos(), nulls, at, count, present);
            }
        } else if (vector instanceof DecimalVector decimals) {
            spread(decimals.low(), nulls, at, count, present);
            if (decimals.high() != null) {
                spread(decimals.high(), nulls, at, count, present);
            }
        } else if (vector instanceof BytesVector bytes) {
            spread(bytes.starts(), nulls, at, count, present, 0);
            spread(bytes.lengths(), nulls, at, count, present, 0);
        } else if (vector instanceof DoubleVector doubles) {
            double[] values = doubles.values();
            int from = at + present - 1;
            for (int i = at + count - 1; i > from && from >= at; i--) {
                if (!nulls[i]) {
                    values[i] = values[from--];
                }
            }
        } else {
            boolean[] values = ((BooleanVector) vector).values();
            int from = at + present - 1;
            for (int i = at + count - 1; i > from && from >= at; i--) {
                if (!nulls[i]) {
                    values[i] = values[from--];
                }
            }
        }
    }

    /** Spreads indexes, with {@code missing} at the positions that are NULL. */
    static void spread(int[] values, boolean[] nulls, int at, int count, int present, int missing) {
        int from = at + present - 1;
        for (int i = at + count - 1; i > from; i--) {
            values[i] = nulls[i] ? missing : values[from--];
        }
    }

    private static void spread(long[] values, boolean[] nulls, int at, int count, int present) {
        int from = at + present - 1;
        for (int i = at + count - 1; i > from; i--) {
            values[i] = nulls[i] ? 0 : values[from--];
        }
    }

    private static void spread(short[] values, boolean[] nulls, int at, int count, int present) {
        int from = at + present - 1;
        for (int i = at + count - 1; i > from; i--) {
            values[i] = nulls[i] ? 0 : values[from--];
        }
    }
}
