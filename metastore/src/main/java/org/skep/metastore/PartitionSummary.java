package org.skep.metastore;

import java.util.List;

/**
 * What is known of all partitions of a table together. Immutable.
 *
 * @param data the sum of all; unknown where it is of any
 * @param distinctValues how many different values each partition column has
 * @param sample some that stand for all, picked by the hashes of their names; all where there are
 *     few
 */
public record PartitionSummary(
        DataStatistics data, List<Integer> distinctValues, List<Partition> sample) {
    /** The most partitions of a sample. */
    public static final int SAMPLE = 32;

    /** Copies the lists. */
    public PartitionSummary {
        distinctValues = List.copyOf(distinctValues);
        sample = List.copyOf(sample);
    }
}
