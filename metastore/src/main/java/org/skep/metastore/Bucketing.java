package org.skep.metastore;

import java.util.List;

/**
 * CLUSTERED BY … SORTED BY … INTO n BUCKETS. Immutable.
 *
 * @param count how many buckets
 */
public record Bucketing(List<String> columns, List<SortColumn> sortColumns, int count) {
    /**
     * A column of SORTED BY. Immutable.
     *
     * @param ascending whether the smallest comes first
     */
    public record SortColumn(String name, boolean ascending) {}

    /** Copies the lists. */
    public Bucketing {
        columns = List.copyOf(columns);
        sortColumns = List.copyOf(sortColumns);
        if (count <= 0) {
            throw new IllegalArgumentException("Bucket count must be positive: " + count);
        }
    }
}
