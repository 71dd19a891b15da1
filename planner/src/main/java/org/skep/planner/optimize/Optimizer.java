package org.skep.planner.optimize;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** Rewrites algebra so that it costs less and means the same. Confined to one thread. */
public final class Optimizer {
    private final RelOptCluster cluster;

    /** An optimiser for the algebra of one cluster. */
    public Optimizer(RelOptCluster cluster) {
        this.cluster = cluster;
    }

    /** The best form of a query. */
    public RelNode optimize(RelNode rel) {
        return cluster == null ? null : rel;
    }
}
