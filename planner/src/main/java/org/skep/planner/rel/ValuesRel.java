package org.skep.planner.rel;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.skep.types.Datum;

/** Rows of our own constants. One row without columns stands for a missing FROM. Immutable. */
public final class ValuesRel extends AbstractRelNode {
    private final List<List<Datum>> rows;

    /** Rows of the given type. */
    public ValuesRel(RelOptCluster cluster, RelDataType rowType, List<List<Datum>> rows) {
        super(cluster, cluster.traitSetOf(Convention.NONE));
        this.rowType = rowType;
        this.rows = rows.stream().map(List::copyOf).toList();
    }

    /** The rows. */
    public List<List<Datum>> rows() {
        return rows;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return this;
    }

    @Override
    public double estimateRowCount(RelMetadataQuery metadata) {
        return Math.max(1, rows.size());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("type", rowType).item("rows", rows);
    }
}
