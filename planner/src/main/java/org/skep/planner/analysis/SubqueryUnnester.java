package org.skep.planner.analysis;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Turns [NOT] EXISTS and IN whose correlation sits in the top filters into semi and anti joins,
 * which reads each table once. What does not fit stays a subquery for the decorrelator.
 *
 * <pre>
 * Filter(exists(Filter(inner.a = outer.x and p, T)))
 *   outer
 * ->
 * SemiJoin(outer.x = inner.a)
 *   outer
 *   Filter(p, T)
 * </pre>
 *
 * Confined to one thread.
 */
final class SubqueryUnnester {
    private final RexFactory rex;
    private final Scope scope;

    SubqueryUnnester(RexFactory rex, Scope scope) {
        this.rex = rex;
        this.scope = scope;
    }

    /**
     * A subquery without the conditions that refer to the outer row, and these; all over {@code
     * rel}.
     */
    private record Pulled(RelNode rel, List<RexNode> outputs, List<RexNode> conditions) {}

    RelNode filter(RelNode input, RexNode condition) {
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        List<RexNode> subqueries = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            if (RexUtil.SubQueryFinder.find(conjunct) == null) {
                plain.add(conjunct);
            } else {
                subqueries.add(conjunct);
            }
        }
        RelNode result = plain.isEmpty() ? input : LogicalFilter.create(input, rex.and(plain));
        for (RexNode conjunct : subqueries) {
            RelNode joined = join(result, conjunct);
            if (joined == null) {
                rest.add(conjunct);
            } else {
                result = joined;
            }
        }
        if (rest.isEmpty()) {
            return result;
        }
        Set<CorrelationId> variables = scope.correlation().map(Set::of).orElse(Set.of());
        return LogicalFilter.create(result, rex.and(rest), ImmutableSet.copyOf(variables));
    }

    private RelNode join(RelNode left, RexNode conjunct) {
        boolean negated = conjunct.getKind() == SqlKind.NOT;
        RexNode inner = negated ? ((RexCall) conjunct).getOperands().get(0) : conjunct;
        if (!(inner instanceof RexSubQuery subquery)) {
            return null;
        }
        boolean exists = subquery.getKind() == SqlKind.EXISTS;
        boolean in = subquery.getKind() == SqlKind.IN && !negated;
        if (!exists && !in) {
            return null;
        }
        for (RexNode operand : subquery.getOperands()) {
            if (RexUtil.SubQueryFinder.find(operand) != null) {
                return null;
            }
        }
        CorrelationId id = scope.correlation().orElse(null);
        Pulled pulled = id == null ? whole(subquery.rel) : pull(subquery.rel, id, exists);
        if (pulled == null) {
            return null;
        }
        int width = left.getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>();
        for (RexNode condition : pulled.conditions()) {
            conditions.add(joinCondition(condition, width, id));
        }
        for (int i = 0; i < subquery.getOperands().size(); i++) {
            conditions.add(
                    rex.compare(
                            "=",
                            subquery.getOperands().get(i),
                            shift(pulled.outputs().get(i), width)));
        }
        return LogicalJoin.create(
                left,
                pulled.rel(),
                List.of(),
                rex.and(conditions),
                Set.of(),
                negated ? JoinRelType.ANTI : JoinRelType.SEMI);
    }

    private Pulled whole(RelNode rel) {
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < rel.getRowType().getFieldCount(); i++) {
            outputs.add(rex.column(rel.getRowType(), i));
        }
        return new Pulled(rel, outputs, List.of());
    }

    private Pulled pull(RelNode rel, CorrelationId id, boolean rowsOnly) {
        if (!CorrelationRewriter.refers(rel, id)) {
            return whole(rel);
        }
        if (rel instanceof LogicalProject project && project.getVariablesSet().isEmpty()) {
            Pulled below = pull(project.getInput(), id, rowsOnly);
            if (below == null) {
                return null;
            }
            List<RexNode> outputs = new ArrayList<>();
            if (!rowsOnly) {
                for (RexNode expression : project.getProjects()) {
                    if (RexUtil.SubQueryFinder.find(expression) != null
                            || CorrelationRewriter.refers(expression, id)) {
                        return null;
                    }
                    outputs.add(substitute(expression, below.outputs()));
                }
            } else {
                for (RexNode expression : project.getProjects()) {
                    if (RexUtil.SubQueryFinder.find(expression) != null) {
                        return null;
                    }
                    outputs.add(substitute(expression, below.outputs()));
                }
            }
            return new Pulled(below.rel(), outputs, below.conditions());
        }
        if (rel instanceof LogicalFilter filter && filter.getVariablesSet().isEmpty()) {
            Pulled below = pull(filter.getInput(), id, rowsOnly);
            if (below == null) {
                return null;
            }
            List<RexNode> kept = new ArrayList<>();
            List<RexNode> pulledUp = new ArrayList<>(below.conditions());
            for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                RexNode moved = substitute(conjunct, below.outputs());
                if (CorrelationRewriter.refers(conjunct, id)) {
                    if (RexUtil.SubQueryFinder.find(conjunct) != null) {
                        return null;
                    }
                    pulledUp.add(moved);
                } else {
                    kept.add(moved);
                }
            }
            RelNode input =
                    kept.isEmpty() ? below.rel() : LogicalFilter.create(below.rel(), rex.and(kept));
            return new Pulled(input, below.outputs(), pulledUp);
        }
        return null;
    }

    private static RexNode substitute(RexNode node, List<RexNode> outputs) {
        return node.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef reference) {
                        return outputs.get(reference.getIndex());
                    }
                });
    }

    private static RexNode shift(RexNode node, int by) {
        return RexUtil.shift(node, by);
    }

    private RexNode joinCondition(RexNode condition, int width, CorrelationId id) {
        RexNode shifted = shift(condition, width);
        return shifted.accept(
                new CorrelationRewriter(id, index -> rex.column(scope.rowType(), index))
                        .expressions());
    }
}
