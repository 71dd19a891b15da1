package org.skep.planner.optimize;

import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMdSelectivity;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;

/** Which part of a table's rows fulfils a condition, from its statistics. Stateless. */
public final class Selectivities extends RelMdSelectivity {
    /** The part, from 0 to 1; {@code condition} may be null. */
    @Override
    public Double getSelectivity(TableScan scan, RelMetadataQuery metadata, RexNode condition) {
        return condition == null ? 1 : TableStatistics.selectivity(scan, condition);
    }
}
