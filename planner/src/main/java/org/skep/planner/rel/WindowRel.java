package org.skep.planner.rel;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowCall;

/** Appends the results of functions over one window to its input's columns. Immutable. */
public final class WindowRel extends SingleRel {
    private final List<Integer> partitionKeys;
    private final List<SortKey> orderKeys;
    private final List<WindowCall> calls;

    /**
     * Functions over the window of these keys; {@code rowType} is the input's columns and then one
     * a call.
     */
    public WindowRel(
            RelNode input,
            List<Integer> partitionKeys,
            List<SortKey> orderKeys,
            List<WindowCall> calls,
            RelDataType rowType) {
        super(input.getCluster(), input.getCluster().traitSetOf(Convention.NONE), input);
        this.partitionKeys = List.copyOf(partitionKeys);
        this.orderKeys = List.copyOf(orderKeys);
        this.calls = List.copyOf(calls);
        this.rowType = rowType;
    }

    /** Columns that part the rows. */
    public List<Integer> partitionKeys() {
        return partitionKeys;
    }

    /** Columns that order the rows of a part. */
    public List<SortKey> orderKeys() {
        return orderKeys;
    }

    /** The functions. */
    public List<WindowCall> calls() {
        return calls;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new WindowRel(inputs.get(0), partitionKeys, orderKeys, calls, rowType);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("partition", partitionKeys)
                .item("order", orderKeys)
                .item("calls", calls);
    }
}
