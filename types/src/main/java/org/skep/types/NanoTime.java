package org.skep.types;

/**
 * A point or a span of time: microseconds (since the epoch, for a point) and the nanoseconds below
 * them. Immutable.
 *
 * @param micros microseconds, rounded towards the past
 * @param nanos 0 to 999, to be added
 */
public record NanoTime(long micros, short nanos) implements Comparable<NanoTime> {
    /** Checks the nanoseconds. */
    public NanoTime {
        if (nanos < 0 || nanos > 999) {
            throw new IllegalArgumentException("Nanoseconds must be between 0 and 999: " + nanos);
        }
    }

    @Override
    public int compareTo(NanoTime other) {
        int byMicros = Long.compare(micros, other.micros);
        return byMicros != 0 ? byMicros : Short.compare(nanos, other.nanos);
    }
}
