package org.skep.types.vector;

import java.util.Arrays;
import org.skep.types.DataType;

/**
 * Values in a {@code long} each: integers; DATE in days since 1970-01-01 (proleptic Gregorian);
 * TIMESTAMP in microseconds of the local date-time as if it were UTC; TIMESTAMP_LOCAL_TZ in
 * microseconds since the epoch; INTERVAL_YEAR_MONTH in months; INTERVAL_DAY_TIME in microseconds.
 * The three that have nanoseconds carry what is below a microsecond (0 to 999, to be added) in a
 * second array, which is null while all are 0. Confined to one thread.
 */
public final class LongVector extends ColumnVector {
    private long[] values;
    private short[] nanos;

    /** A vector with room for {@code capacity} values. */
    public LongVector(DataType type, int capacity) {
        super(type);
        values = new long[capacity];
    }

    /** A vector over an array that it takes over. */
    public LongVector(DataType type, long[] values) {
        super(type);
        this.values = values;
    }

    /** The values, by position. */
    public long[] values() {
        return values;
    }

    /** Nanoseconds below the microsecond, by position, or null if all are 0. */
    public short[] nanos() {
        return nanos;
    }

    /** Replaces the nanoseconds; null for all 0. */
    public void setNanos(short[] newNanos) {
        nanos = newNanos;
    }

    /** Sets a point or span of time; {@code below} is 0 to 999 nanoseconds. */
    public void set(int row, long micros, int below) {
        values[row] = micros;
        if (below != 0 || nanos != null) {
            if (nanos == null) {
                nanos = new short[values.length];
            } else if (nanos.length <= row) {
                nanos = Arrays.copyOf(nanos, values.length);
            }
            nanos[row] = (short) below;
        }
    }

    /** Nanoseconds below the microsecond at {@code row}. */
    public int nanosAt(int row) {
        return nanos == null ? 0 : nanos[row];
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    void grow(int capacity) {
        if (capacity > values.length) {
            values = Arrays.copyOf(values, grownCapacity(values.length, capacity));
            if (nanos != null) {
                nanos = Arrays.copyOf(nanos, values.length);
            }
        }
    }

    @Override
    public void reset() {
        super.reset();
        nanos = null;
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        LongVector other = (LongVector) source;
        long[] theirs = other.values;
        if (positions == null) {
            System.arraycopy(theirs, from, values, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                int position = positions[from + i];
                if (position >= 0) {
                    values[at + i] = theirs[position];
                }
            }
        }
        copyNanos(other.nanos, positions, from, count, at);
    }

    private void copyNanos(short[] theirs, int[] positions, int from, int count, int at) {
        if (theirs == null && nanos == null) {
            return;
        }
        if (nanos == null) {
            nanos = new short[values.length];
        } else if (nanos.length < values.length) {
            nanos = Arrays.copyOf(nanos, values.length);
        }
        for (int i = 0; i < count; i++) {
            int position = positions == null ? from + i : positions[from + i];
            nanos[at + i] = theirs == null || position < 0 ? 0 : theirs[position];
        }
    }

    @Override
    public long retainedBytes() {
        return 8L * values.length + (nanos == null ? 0 : 2L * nanos.length) + nullBytes();
    }
}
