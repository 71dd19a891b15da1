package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.parser.ast.Expression;
import org.skep.planner.rel.Placeholder;
import org.skep.types.DataType;
import org.skep.types.Datum;

/** Binds aggregates: they become {@link Placeholder}s and are collected. Confined to one thread. */
final class AggregateBinder {
    private final RexFactory rex;
    private final QueryBinder queries;
    private final Scope scope;
    private final AggregateCollector aggregates;

    /**
     * A binder over a scope.
     *
     * @param aggregates receives aggregates; null where they are not allowed
     */
    AggregateBinder(
            RexFactory rex, QueryBinder queries, Scope scope, AggregateCollector aggregates) {
        this.rex = rex;
        this.queries = queries;
        this.scope = scope;
        this.aggregates = aggregates;
    }

    /** Whether the block may hold aggregates. */
    boolean isAllowed() {
        return aggregates != null;
    }

    /** What the block groups by, if it does. */
    List<RexNode> keys() {
        return aggregates == null ? List.of() : aggregates.keys();
    }

    /** Binds a call of an aggregate, of this block or of one around it. */
    RexNode call(AggregateFunction function, Expression.FunctionCall node) {
        if (aggregates == null) {
            return outerAggregate(function, node);
        }
        return collected(function, argumentsOf(node), node.distinct(), node);
    }

    /** Collects a call whose arguments are bound. */
    RexNode collected(
            AggregateFunction function,
            List<RexNode> arguments,
            boolean distinct,
            Expression.FunctionCall node) {
        if (aggregates == null) {
            throw misplaced(function, node);
        }
        int index = aggregates.add(spec(function, arguments, distinct));
        return rex.raw(
                aggregates.calls().get(index).type(),
                new Placeholder(Placeholder.Kind.AGGREGATE, index),
                List.of());
    }

    // Where a block has no aggregates of its own, one over columns of a block around is of that.
    private RexNode outerAggregate(AggregateFunction function, Expression.FunctionCall node) {
        if (!hasColumns(argumentsOf(node))) {
            for (Scope around = scope.outer(); around != null; around = around.outer()) {
                List<RexNode> arguments =
                        new AggregateBinder(rex, queries, around, null).argumentsOf(node);
                if (around.aggregates() != null && hasColumns(arguments)) {
                    return around.aggregateReference(
                            around.aggregates().add(spec(function, arguments, node.distinct())),
                            rex.types());
                }
            }
        }
        throw misplaced(function, node);
    }

    private static SkepException misplaced(
            AggregateFunction function, Expression.FunctionCall node) {
        return new SkepException(
                ErrorCode.MISPLACED_AGGREGATE,
                node.location(),
                "Aggregate is not allowed here: " + function.name());
    }

    private static boolean hasColumns(List<RexNode> nodes) {
        return RelOptUtil.InputFinder.bits(nodes, null).cardinality() > 0;
    }

    private AggregateCollector.Spec spec(
            AggregateFunction function, List<RexNode> arguments, boolean distinct) {
        Binding binding = bind(function, arguments);
        List<RexNode> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            cast.add(rex.cast(arguments.get(i), binding.argumentTypes().get(i)));
        }
        return new AggregateCollector.Spec(
                function.name(),
                cast,
                distinct && !function.ignoresDuplicates(),
                binding.returnType());
    }

    private static void checkCount(Expression.FunctionCall node) {
        if (!node.name().toString().equals("count")) {
            return;
        }
        if (node.arguments().isEmpty()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR, node.location(), "Function count needs an argument");
        }
        if (node.arguments().size() > 1 && !node.distinct()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.location(),
                    "Function count takes several arguments with DISTINCT only");
        }
    }

    /**
     * The bound arguments of an aggregate, which cannot hold aggregates themselves; none for a
     * star.
     */
    private List<RexNode> argumentsOf(Expression.FunctionCall node) {
        if (node.arguments().size() == 1
                && node.arguments().get(0) instanceof Expression.Star
                && !node.distinct()) {
            return List.of();
        }
        checkCount(node);
        return new ExpressionBinder(rex, queries, scope, null, null).bindAll(node.arguments());
    }

    /**
     * Binds an aggregate to its arguments.
     *
     * @throws SkepException SEMANTIC_ERROR, since Hive has no numbers for what is wrong with them
     */
    static Binding bind(AggregateFunction function, List<RexNode> arguments) {
        try {
            return function.bind(arguments(arguments));
        } catch (SkepException e) {
            throw new SkepException(ErrorCode.SEMANTIC_ERROR, e.getMessage(), e);
        }
    }

    private static List<Argument> arguments(List<RexNode> nodes) {
        return nodes.stream()
                .map(
                        argument ->
                                RexFactory.constantOf(argument)
                                        .map(Argument::of)
                                        .orElseGet(() -> Argument.of(RexFactory.typeOf(argument))))
                .toList();
    }

    /** Binds GROUPING over keys of the block. */
    RexNode grouping(Expression.FunctionCall node) {
        RexNode id =
                rex.raw(
                        DataType.BIGINT,
                        new Placeholder(Placeholder.Kind.GROUPING_ID, 0),
                        List.of());
        List<RexNode> keys = aggregates.keys();
        RexNode result = null;
        for (RexNode argument :
                new ExpressionBinder(rex, queries, scope, null, null).bindAll(node.arguments())) {
            int key = keys.indexOf(argument);
            if (key < 0) {
                throw new SkepException(
                        !keys.isEmpty()
                                ? ErrorCode.GROUPING_ARGUMENT
                                : ErrorCode.WRONG_ARGUMENT_COUNT,
                        node.location(),
                        "Expression in GROUPING function not present in GROUP BY");
            }
            RexNode bit =
                    rex.call(
                            "&",
                            List.of(
                                    rex.call(
                                            "shiftright",
                                            List.of(
                                                    id,
                                                    rex.constant(
                                                            Datum.ofInt(keys.size() - 1 - key)))),
                                    rex.constant(Datum.ofLong(1))));
            result =
                    result == null
                            ? bit
                            : rex.call(
                                    "+",
                                    List.of(
                                            rex.call(
                                                    "*",
                                                    List.of(result, rex.constant(Datum.ofLong(2)))),
                                            bit));
        }
        return result;
    }
}
