package org.skep.planner.environment;

import java.util.Map;
import org.skep.storage.ColumnStatistics;

/**
 * What planning may assume of a table's content. Immutable.
 *
 * @param rowCount about how many rows
 * @param columns by column name; what is not there is not known
 */
public record TableEstimate(double rowCount, Map<String, ColumnStatistics> columns) {
    /** Copies the map. */
    public TableEstimate {
        columns = Map.copyOf(columns);
    }

    /** What is known of a column. */
    public ColumnStatistics column(String name) {
        return columns.getOrDefault(name, ColumnStatistics.UNKNOWN);
    }
}
