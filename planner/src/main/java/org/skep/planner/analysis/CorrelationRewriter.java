package org.skep.planner.analysis;

import java.util.function.IntFunction;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Replaces the references of a subquery to the columns of one outer row. Confined to one thread.
 */
final class CorrelationRewriter extends RelHomogeneousShuttle {
    private final CorrelationId id;
    private final IntFunction<RexNode> replacement;
    private boolean found;

    /**
     * Replaces field {@code i} of the row that {@code id} stands for by what {@code replacement}
     * says.
     */
    CorrelationRewriter(CorrelationId id, IntFunction<RexNode> replacement) {
        this.id = id;
        this.replacement = replacement;
    }

    /** Whether a query refers to the row. */
    static boolean refers(RelNode rel, CorrelationId id) {
        CorrelationRewriter search = new CorrelationRewriter(id, i -> null);
        rel.accept(search);
        return search.found;
    }

    /** Whether an expression refers to the row. */
    static boolean refers(RexNode node, CorrelationId id) {
        CorrelationRewriter search = new CorrelationRewriter(id, i -> null);
        node.accept(search.expressions());
        return search.found;
    }

    @Override
    public RelNode visit(RelNode other) {
        return super.visit(other).accept(expressions());
    }

    /** The same for expressions. */
    RexShuttle expressions() {
        return new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && variable.id.equals(id)) {
                    found = true;
                    RexNode replaced = replacement.apply(access.getField().getIndex());
                    return replaced == null ? access : replaced;
                }
                return super.visitFieldAccess(access);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                RexSubQuery operandsDone = (RexSubQuery) super.visitSubQuery(subQuery);
                RelNode rel = operandsDone.rel.accept(CorrelationRewriter.this);
                return rel == operandsDone.rel ? operandsDone : operandsDone.clone(rel);
            }
        };
    }
}
