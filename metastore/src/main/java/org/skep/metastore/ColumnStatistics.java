package org.skep.metastore;

import java.util.Optional;

/**
 * What is known of the values of a column. Immutable.
 *
 * @param distinctValues number of distinct values, or {@link DataStatistics#UNKNOWN}
 * @param nulls number of NULLs, or {@link DataStatistics#UNKNOWN}
 * @param min the smallest value as a cast to STRING gives it; never greater than the true one
 * @param max the largest value likewise; never smaller than the true one
 * @param averageLength mean length in bytes of strings, or a negative number if unknown
 * @param maxLength longest string in bytes, or {@link DataStatistics#UNKNOWN}
 * @param trues number of TRUE values of a boolean, or {@link DataStatistics#UNKNOWN}
 */
public record ColumnStatistics(
        long distinctValues,
        long nulls,
        Optional<String> min,
        Optional<String> max,
        double averageLength,
        long maxLength,
        long trues) {
    /** Nothing is known. */
    public static final ColumnStatistics NONE =
            new ColumnStatistics(
                    DataStatistics.UNKNOWN,
                    DataStatistics.UNKNOWN,
                    Optional.empty(),
                    Optional.empty(),
                    DataStatistics.UNKNOWN,
                    DataStatistics.UNKNOWN,
                    DataStatistics.UNKNOWN);

    /** Statistics with distinct values, NULLs and bounds only. */
    public static ColumnStatistics of(
            long distinctValues, long nulls, Optional<String> min, Optional<String> max) {
        return new ColumnStatistics(
                distinctValues,
                nulls,
                min,
                max,
                DataStatistics.UNKNOWN,
                DataStatistics.UNKNOWN,
                DataStatistics.UNKNOWN);
    }
}
