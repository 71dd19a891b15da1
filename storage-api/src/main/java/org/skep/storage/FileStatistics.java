package org.skep.storage;

import java.util.List;

/**
 * What a file says of itself without being read whole. Immutable.
 *
 * @param rowCount -1 if the format does not say
 * @param columns in the order of the layout's columns
 */
public record FileStatistics(long rowCount, List<ColumnStatistics> columns) {
    /** Copies the list. */
    public FileStatistics {
        columns = List.copyOf(columns);
    }
}
