package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.SortItem;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * Aggregates with WITHIN GROUP. The rank that some values would have among the rows of the group is
 * one more than the rows that are counted before them:
 *
 * <pre>
 * rank(v) within group (order by k)         count(case when k before v then 1 end) + 1
 * dense_rank(v) within group (order by k)   count(distinct case when k before v then struct(k) end) + 1
 * percent_rank(v) within group (order by k) (rank - 1) / count(*)
 * cume_dist(v) within group (order by k)    (count(case when k before or equal v then 1 end) + 1) / (count(*) + 1)
 * </pre>
 *
 * As in Hive, DESC turns NULLS FIRST and NULLS LAST round, too. Confined to one thread.
 */
final class WithinGroup {
    private static final Set<String> RANKS =
            Set.of("rank", "dense_rank", "percent_rank", "cume_dist");
    private static final Set<String> PERCENTILES = Set.of("percentile_cont", "percentile_disc");

    /** Binds an aggregate to its arguments and collects it. */
    interface Aggregates {
        RexNode call(String function, List<RexNode> arguments, boolean distinct);
    }

    private final RexFactory rex;
    private final ExpressionBinder rows;
    private final Aggregates aggregates;

    /**
     * A binder.
     *
     * @param rows binds expressions over the rows that are grouped
     */
    WithinGroup(RexFactory rex, ExpressionBinder rows, Aggregates aggregates) {
        this.rex = rex;
        this.rows = rows;
        this.aggregates = aggregates;
    }

    RexNode bind(Expression.FunctionCall node) {
        String name = node.name().toString();
        List<RexNode> arguments = rows.bindAll(node.arguments());
        if (PERCENTILES.contains(name)) {
            return percentile(node, arguments);
        }
        if (!RANKS.contains(name)) {
            throw new SkepException(
                    ErrorCode.NOT_ORDERED_SET_AGGREGATE,
                    node.location(),
                    "Not an ordered-set aggregate function: %s. WITHIN GROUP clause is not allowed."
                            .formatted(name));
        }
        requireCount(node, arguments, node.withinGroup().size());
        return rank(name, node, arguments);
    }

    private static void requireCount(
            Expression.FunctionCall node, List<RexNode> arguments, int count) {
        if (arguments.size() != count || node.withinGroup().size() != count) {
            throw new SkepException(
                    ErrorCode.HYPOTHETICAL_COUNT,
                    node.location(),
                    ("The number of hypothetical direct arguments (%d) must match the number of"
                                    + " ordering columns (%d)")
                            .formatted(arguments.size(), node.withinGroup().size()));
        }
    }

    // In descending order it is the percentile of what is negated, or the one from the other end.
    private RexNode percentile(Expression.FunctionCall node, List<RexNode> arguments) {
        requireCount(node, arguments, 1);
        SortItem item = node.withinGroup().get(0);
        RexNode key = rows.bind(item.expression());
        String name = node.name().toString();
        if (!descending(item)) {
            return aggregates.call(name, List.of(key, arguments.get(0)), node.distinct());
        }
        if (!RexFactory.typeOf(arguments.get(0)).kind().isNumeric()) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    item.expression().location(),
                    "DESC with several percentiles is not supported yet");
        }
        if (name.equals("percentile_disc")) {
            RexNode one = rex.constant(Datum.ofLong(1));
            RexNode fraction = rex.call("-", List.of(one, arguments.get(0)));
            return aggregates.call(name, List.of(key, fraction), node.distinct());
        }
        RexNode negated = rex.call("negative", List.of(key));
        return rex.call(
                "negative",
                List.of(
                        aggregates.call(
                                name, List.of(negated, arguments.get(0)), node.distinct())));
    }

    private static boolean descending(SortItem item) {
        return item.direction() == SortItem.Direction.DESCENDING;
    }

    private RexNode rank(String name, Expression.FunctionCall node, List<RexNode> values) {
        List<RexNode> keys = new ArrayList<>();
        List<RexNode> before = new ArrayList<>();
        List<RexNode> equal = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (RexFactory.constantOf(values.get(i)).isEmpty()) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        node.arguments().get(i).location(),
                        "Argument of %s must be a constant".formatted(name));
            }
            SortItem item = node.withinGroup().get(i);
            RexNode key = rows.bind(item.expression());
            keys.add(key);
            List<RexNode> precedes = new ArrayList<>(equal);
            precedes.add(precedes(key, values.get(i), item));
            before.add(rex.and(precedes));
            equal.add(rex.compareUnchecked("<=>", key, values.get(i)));
        }
        RexNode one = rex.constant(Datum.ofLong(1));
        return switch (name) {
            case "dense_rank" -> plus(count(before, rex.call("struct", keys), true), one);
            case "percent_rank" -> ratio(count(before, one, false), rowCount());
            case "cume_dist" -> {
                before.add(rex.and(equal));
                yield ratio(plus(count(before, one, false), one), plus(rowCount(), one));
            }
            default -> plus(count(before, one, false), one);
        };
    }

    private RexNode precedes(RexNode key, RexNode value, SortItem item) {
        boolean first =
                WindowBinder.nullsFirst(
                        item, rex.environment().isOn("hive.default.nulls.last", true));
        boolean nullsFirst = first != descending(item);
        RexNode less = rex.compareUnchecked(descending(item) ? ">" : "<", key, value);
        RexNode absent = nullsFirst ? key : value;
        RexNode present = nullsFirst ? value : key;
        return rex.or(List.of(less, rex.and(List.of(rex.isNull(absent), rex.isNotNull(present)))));
    }

    private RexNode count(List<RexNode> alternatives, RexNode counted, boolean distinct) {
        RexNode nothing = rex.constant(Datum.nullOf(RexFactory.typeOf(counted)));
        RexNode argument = rex.caseWhen(List.of(rex.or(alternatives)), List.of(counted), nothing);
        return aggregates.call("count", List.of(argument), distinct);
    }

    private RexNode rowCount() {
        return aggregates.call("count", List.of(), false);
    }

    private RexNode plus(RexNode left, RexNode right) {
        return rex.call("+", List.of(left, right));
    }

    // Of no rows it is no number, but not NULL.
    private RexNode ratio(RexNode part, RexNode whole) {
        RexNode quotient = rex.call("/", List.of(part, whole));
        return rex.coalesce(
                List.of(
                        rex.cast(quotient, DataType.DOUBLE),
                        rex.constant(Datum.ofDouble(Double.NaN))));
    }
}
