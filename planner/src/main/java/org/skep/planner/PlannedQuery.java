package org.skep.planner;

import java.util.List;
import org.skep.metastore.Table;
import org.skep.plan.stage.StageGraph;
import org.skep.planner.environment.PlannedScan;

/**
 * A query ready to run, but for its splits. Immutable.
 *
 * @param columns of the result; empty for writes
 * @param tablesRead tables and views in the order in which they were met
 */
public record PlannedQuery(
        StageGraph graph,
        List<PlannedScan> scans,
        List<OutputColumn> columns,
        List<Table> tablesRead) {
    /** Copies the lists. */
    public PlannedQuery {
        scans = List.copyOf(scans);
        columns = List.copyOf(columns);
        tablesRead = List.copyOf(tablesRead);
    }
}
