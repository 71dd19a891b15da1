package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.planner.rel.ExpandRel;
import org.skep.planner.rel.HiveAggregate;
import org.skep.planner.rel.Placeholder;
import org.skep.planner.rel.RelTypes;
import org.skep.planner.rel.ValuesRel;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * The GROUP BY of a query block: builds the node, and moves expressions from the block's input to
 * its result. Confined to one thread.
 */
final class Aggregation {
    private final BindSession session;
    private final RexFactory rex;
    private final Scope scope;
    private final AggregateCollector collector;
    private final List<List<Integer>> sets;
    private RelNode rel;
    private CorrelationId correlation;

    /**
     * Groups by the collector's keys.
     *
     * @param sets for grouping sets, the indexes of the keys of each; null for plain grouping
     */
    Aggregation(
            BindSession session,
            Scope scope,
            AggregateCollector collector,
            List<List<Integer>> sets) {
        this.session = session;
        this.scope = scope;
        this.collector = collector;
        this.sets = sets;
        rex = session.rex();
    }

    RelNode build(RelNode input) {
        List<RexNode> columns = new ArrayList<>(collector.keys());
        int keyCount = columns.size();
        if (sets != null) {
            columns.add(rex.constant(Datum.ofLong(0)));
        }
        boolean grandTotal = sets != null && sets.contains(List.<Integer>of());
        List<List<Integer>> argumentColumns = new ArrayList<>();
        for (AggregateCollector.Spec spec : collector.calls()) {
            List<Integer> arguments = new ArrayList<>();
            for (RexNode argument : spec.arguments()) {
                int at = columns.lastIndexOf(argument);
                if (at < 0 || (at < keyCount && sets != null)) {
                    columns.add(argument);
                    at = columns.size() - 1;
                }
                arguments.add(at);
            }
            argumentColumns.add(arguments);
        }
        int rowFlag = grandTotal ? columns.size() : -1;
        if (grandTotal) {
            columns.add(rex.constant(Datum.ofBoolean(true)));
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = 0; i < argumentColumns.size(); i++) {
            calls.add(call(collector.calls().get(i), argumentColumns.get(i), rowFlag));
        }
        RelNode projected = QueryBinder.project(input, columns);
        if (sets != null) {
            projected = expand(projected, keyCount);
        }
        if (grandTotal) {
            projected = withGrandTotal(projected, keyCount);
        }
        int groupColumns = sets == null ? keyCount : keyCount + 1;
        rel =
                LogicalAggregate.create(
                        projected, List.of(), ImmutableBitSet.range(groupColumns), null, calls);
        return rel;
    }

    // The grand total is there even if there are no rows: one row more, which no aggregate counts.
    private RelNode withGrandTotal(RelNode expanded, int keyCount) {
        List<Datum> row = new ArrayList<>();
        List<DataType> types = RelTypes.columns(expanded.getRowType());
        for (int i = 0; i < types.size(); i++) {
            row.add(Datum.nullOf(types.get(i)));
        }
        row.set(keyCount, Datum.ofLong((1L << keyCount) - 1));
        row.set(types.size() - 1, Datum.ofBoolean(false));
        return LogicalUnion.create(
                List.of(
                        expanded,
                        new ValuesRel(session.cluster(), expanded.getRowType(), List.of(row))),
                true);
    }

    private AggregateCall call(AggregateCollector.Spec spec, List<Integer> arguments, int filter) {
        boolean count = spec.function().equals("count");
        RelDataType nullable = session.types().toRel(spec.type());
        RelDataType type =
                count
                        ? session.types().factory().createTypeWithNullability(nullable, false)
                        : nullable;
        SqlAggFunction function =
                count ? SqlStdOperatorTable.COUNT : new HiveAggregate(spec.function(), type);
        return call(function, spec.distinct(), arguments, filter, type);
    }

    /** An aggregate call of a known type. */
    static AggregateCall call(
            SqlAggFunction function,
            boolean distinct,
            List<Integer> arguments,
            int filter,
            RelDataType type) {
        return AggregateCall.create(
                function,
                distinct,
                false,
                false,
                List.of(),
                arguments,
                filter,
                null,
                RelCollations.EMPTY,
                type,
                null);
    }

    private RelNode expand(RelNode input, int keyCount) {
        List<List<RexNode>> projections = new ArrayList<>();
        int width = input.getRowType().getFieldCount();
        for (List<Integer> set : sets) {
            List<RexNode> row = new ArrayList<>();
            long id = 0;
            for (int i = 0; i < keyCount; i++) {
                RexNode key = rex.column(input.getRowType(), i);
                boolean kept = set.contains(i);
                row.add(kept ? key : rex.constant(Datum.nullOf(RexFactory.typeOf(key))));
                id = (id << 1) | (kept ? 0 : 1);
            }
            row.add(rex.constant(Datum.ofLong(id)));
            for (int i = keyCount + 1; i < width; i++) {
                row.add(rex.column(input.getRowType(), i));
            }
            projections.add(row);
        }
        return new ExpandRel(input, input.getRowType(), projections);
    }

    /** The variable by which subqueries above refer to a row of the result, if one does. */
    CorrelationId correlation() {
        return correlation;
    }

    /**
     * An expression of the block over the result of the grouping.
     *
     * @throws SkepException NOT_IN_GROUP_BY if it needs a column that is neither grouped by nor
     *     aggregated
     */
    RexNode move(RexNode expression) {
        return expression.accept(new Mover());
    }

    private final class Mover extends RexShuttle {
        @Override
        public RexNode visitCall(RexCall call) {
            int key = collector.keys().indexOf(call);
            if (key >= 0 && RexFactory.constantOf(call).isEmpty()) {
                return rex.column(rel.getRowType(), key);
            }
            if (call.getOperator() instanceof Placeholder placeholder) {
                if (placeholder.waitsFor() == Placeholder.Kind.AGGREGATE) {
                    return aggregate(placeholder.index());
                }
                if (placeholder.waitsFor() == Placeholder.Kind.GROUPING_ID) {
                    return sets == null
                            ? rex.constant(Datum.ofLong(0))
                            : rex.column(rel.getRowType(), collector.keys().size());
                }
                return call;
            }
            return super.visitCall(call);
        }

        private RexNode aggregate(int index) {
            int base = collector.keys().size() + (sets == null ? 0 : 1);
            return rex.column(rel.getRowType(), base + index);
        }

        @Override
        public RexNode visitInputRef(RexInputRef reference) {
            int key = collector.keys().indexOf(reference);
            if (key >= 0) {
                return rex.column(rel.getRowType(), key);
            }
            String name =
                    scope.columns().stream()
                            .filter(column -> column.index() == reference.getIndex())
                            .map(ScopeColumn::name)
                            .findFirst()
                            .orElse(reference.getName());
            throw new SkepException(
                    ErrorCode.NOT_IN_GROUP_BY, "Expression not in GROUP BY key: " + name);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            RexSubQuery moved = (RexSubQuery) super.visitSubQuery(subQuery);
            if (scope.correlation().isEmpty()) {
                return moved;
            }
            CorrelationRewriter rewriter =
                    new CorrelationRewriter(scope.correlation().get(), this::movedField);
            RelNode inner = moved.rel.accept(rewriter);
            return inner == moved.rel ? moved : moved.clone(inner);
        }

        private RexNode movedField(int index) {
            int behind = index - scope.rowType().getFieldCount();
            RexNode moved =
                    behind < 0
                            ? visitInputRef((RexInputRef) rex.column(scope.rowType(), index))
                            : aggregate(behind);
            if (correlation == null) {
                correlation = session.cluster().createCorrel();
            }
            return rex.rexBuilder()
                    .makeFieldAccess(
                            rex.rexBuilder().makeCorrel(rel.getRowType(), correlation),
                            ((RexInputRef) moved).getIndex());
        }
    }

    /** All subsets or prefixes of the keys, as CUBE and ROLLUP mean them. */
    static List<List<Integer>> rollup(int keys) {
        List<List<Integer>> sets = new ArrayList<>();
        for (int length = keys; length >= 0; length--) {
            List<Integer> set = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                set.add(i);
            }
            sets.add(set);
        }
        return sets;
    }

    static List<List<Integer>> cube(int keys) {
        if (keys > 16) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR, "CUBE must have at most 16 keys: " + keys);
        }
        List<List<Integer>> sets = new ArrayList<>();
        for (int mask = (1 << keys) - 1; mask >= 0; mask--) {
            List<Integer> set = new ArrayList<>();
            for (int i = 0; i < keys; i++) {
                if (((mask >> (keys - 1 - i)) & 1) == 1) {
                    set.add(i);
                }
            }
            sets.add(set);
        }
        return sets;
    }
}
