package org.skep.metastore;

/**
 * How much a table or a partition holds. Immutable.
 *
 * @param rows number of rows, or {@link #UNKNOWN}
 * @param files number of files, or {@link #UNKNOWN}
 * @param bytes size of the files in bytes, or {@link #UNKNOWN}
 */
public record DataStatistics(long rows, long files, long bytes) {
    /** Stands for a number that nobody knows. */
    public static final long UNKNOWN = -1;

    /** Nothing is known. */
    public static final DataStatistics NONE = new DataStatistics(UNKNOWN, UNKNOWN, UNKNOWN);

    /** There is nothing in it. */
    public static final DataStatistics EMPTY = new DataStatistics(0, 0, 0);

    /** Checks the numbers. */
    public DataStatistics {
        if (rows < UNKNOWN || files < UNKNOWN || bytes < UNKNOWN) {
            throw new IllegalArgumentException("Statistics must not be negative: " + rows);
        }
    }

    /** The sum of both; what is unknown on one side is unknown in the sum. */
    public DataStatistics plus(DataStatistics other) {
        return new DataStatistics(
                sum(rows, other.rows), sum(files, other.files), sum(bytes, other.bytes));
    }

    private static long sum(long left, long right) {
        return left == UNKNOWN || right == UNKNOWN ? UNKNOWN : Math.addExact(left, right);
    }
}
