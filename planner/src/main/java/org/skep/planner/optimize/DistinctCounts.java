package org.skep.planner.optimize;

import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMdDistinctRowCount;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** How many distinct values columns of a table have, from its statistics. Stateless. */
public final class DistinctCounts extends RelMdDistinctRowCount {
    /**
     * The distinct values of the columns among the rows that fulfil the condition (which may be
     * null).
     */
    @Override
    public Double getDistinctRowCount(
            TableScan scan, RelMetadataQuery metadata, ImmutableBitSet columns, RexNode condition) {
        double rows = TableStatistics.handle(scan).getRowCount();
        double product = 1;
        for (int column : columns) {
            product *= TableStatistics.distinct(scan, column);
        }
        double selected =
                condition == null ? rows : rows * TableStatistics.selectivity(scan, condition);
        return Math.max(1, Math.min(product, selected));
    }
}
