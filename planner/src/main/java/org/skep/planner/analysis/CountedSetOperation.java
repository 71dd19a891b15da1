package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.parser.ast.QueryBody;
import org.skep.planner.rel.GenerateRel;
import org.skep.planner.rel.HiveAggregate;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * INTERSECT ALL and EXCEPT ALL: counts each row on both sides, and repeats it as often as the
 * operation says.
 *
 * <pre>
 * A INTERSECT ALL B
 * ->
 * explode(least(a, b) times)
 *   group by row: sum(a), sum(b)
 *     union all of (A, 1, 0) and (B, 0, 1)
 * </pre>
 *
 * Confined to one thread.
 */
final class CountedSetOperation {
    private final QueryBinder queries;
    private final RexFactory rex;

    CountedSetOperation(QueryBinder queries) {
        this.queries = queries;
        rex = queries.session().rex();
    }

    RelNode bind(QueryBody.SetOperation.Kind kind, List<RelNode> inputs) {
        RelNode result = inputs.get(0);
        for (RelNode right : inputs.subList(1, inputs.size())) {
            result = combine(kind, result, right);
        }
        return result;
    }

    private RelNode combine(QueryBody.SetOperation.Kind kind, RelNode left, RelNode right) {
        int width = left.getRowType().getFieldCount();
        RelNode both = LogicalUnion.create(List.of(tagged(left, 1, 0), tagged(right, 0, 1)), true);
        RelDataType bigint = queries.session().types().toRel(DataType.BIGINT);
        List<AggregateCall> sums = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            sums.add(
                    Aggregation.call(
                            new HiveAggregate("sum", bigint),
                            false,
                            List.of(width + i),
                            -1,
                            bigint));
        }
        RelNode counted =
                LogicalAggregate.create(both, List.of(), ImmutableBitSet.range(width), null, sums);
        RexNode a = rex.column(DataType.BIGINT, width);
        RexNode b = rex.column(DataType.BIGINT, width + 1);
        RexNode times =
                kind == QueryBody.SetOperation.Kind.INTERSECT
                        ? rex.call("least", List.of(a, b))
                        : rex.call("-", List.of(a, b));
        List<RexNode> extended = new ArrayList<>(queries.identity(counted).subList(0, width));
        extended.add(times);
        RelNode wide = QueryBinder.project(counted, extended);
        // Splitting n - 1 blanks yields n pieces; rows with count 0 are filtered out before.
        RexNode oneLess =
                rex.call(
                        "space",
                        List.of(
                                rex.cast(
                                        rex.call(
                                                "-",
                                                List.of(
                                                        rex.column(DataType.BIGINT, width),
                                                        rex.constant(Datum.ofLong(1)))),
                                        DataType.INT)));
        RexNode copies = rex.call("split", List.of(oneLess, rex.constant(Datum.ofString(" "))));
        RelNode positive =
                org.apache.calcite.rel.logical.LogicalFilter.create(
                        wide,
                        rex.compare(
                                ">",
                                rex.column(DataType.BIGINT, width),
                                rex.constant(Datum.ofLong(0))));
        List<String> names = new ArrayList<>(positive.getRowType().getFieldNames());
        List<DataType> types =
                new ArrayList<>(org.skep.planner.rel.RelTypes.columns(positive.getRowType()));
        names.add("copy");
        types.add(DataType.STRING);
        RelNode generated =
                new GenerateRel(
                        positive,
                        "explode",
                        List.of(copies),
                        false,
                        queries.session().types().row(names, types));
        return QueryBinder.project(generated, queries.identity(generated).subList(0, width));
    }

    private RelNode tagged(RelNode input, long left, long right) {
        List<RexNode> columns = new ArrayList<>(queries.identity(input));
        columns.add(rex.constant(Datum.ofLong(left)));
        columns.add(rex.constant(Datum.ofLong(right)));
        return QueryBinder.project(input, columns);
    }
}
