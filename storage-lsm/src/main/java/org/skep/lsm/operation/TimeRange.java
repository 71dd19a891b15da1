package org.skep.lsm.operation;

/**
 * Timestamps from {@code from} up to but without {@code to}, in milliseconds. Immutable.
 *
 * @param from at least 0
 * @param to greater than {@code from}, or equal for none
 */
public record TimeRange(long from, long to) {
    /** All timestamps. */
    public static final TimeRange ALL = new TimeRange(0, Long.MAX_VALUE);

    public TimeRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("Invalid time range: %d to %d".formatted(from, to));
        }
    }

    /** Exactly one timestamp. */
    public static TimeRange at(long timestamp) {
        return new TimeRange(timestamp, timestamp == Long.MAX_VALUE ? timestamp : timestamp + 1);
    }

    /** Whether this is every timestamp. */
    public boolean all() {
        return from == 0 && to == Long.MAX_VALUE;
    }

    /** Whether a timestamp lies in it. */
    public boolean contains(long timestamp) {
        return timestamp >= from && (timestamp < to || to == Long.MAX_VALUE);
    }

    /** Whether any timestamp from {@code least} to {@code greatest}, both in, lies in it. */
    public boolean overlaps(long least, long greatest) {
        return greatest >= from && (least < to || to == Long.MAX_VALUE);
    }
}
