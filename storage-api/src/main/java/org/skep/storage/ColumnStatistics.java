package org.skep.storage;

import org.skep.types.Datum;

/**
 * What is known of a column's values in a file or table, for planning; null or -1 where it is not
 * known. Immutable.
 *
 * @param min a value that none is below
 * @param max a value that none is above
 * @param nullCount how many are NULL
 * @param distinctCount about how many different ones there are
 * @param averageBytes about how long one is, for characters and binary
 */
public record ColumnStatistics(
        Datum min, Datum max, long nullCount, double distinctCount, double averageBytes) {
    /** Nothing known. */
    public static final ColumnStatistics UNKNOWN = new ColumnStatistics(null, null, -1, -1, -1);
}
