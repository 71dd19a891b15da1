package org.skep.planner.rel;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** Makes of each row one row for each list of expressions; for grouping sets. Immutable. */
public final class ExpandRel extends SingleRel {
    private final List<List<RexNode>> projections;

    /** Lists of expressions over the input, all of the types of {@code rowType}. */
    public ExpandRel(RelNode input, RelDataType rowType, List<List<RexNode>> projections) {
        super(input.getCluster(), input.getCluster().traitSetOf(Convention.NONE), input);
        this.rowType = rowType;
        this.projections = projections.stream().map(List::copyOf).toList();
    }

    /** The lists of expressions. */
    public List<List<RexNode>> projections() {
        return projections;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new ExpandRel(inputs.get(0), rowType, projections);
    }

    @Override
    public double estimateRowCount(RelMetadataQuery metadata) {
        return metadata.getRowCount(input) * projections.size();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("projections", projections);
    }
}
