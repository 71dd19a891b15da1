package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.AggregateCall;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.PhysicalNode.AggregateStep;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowCall;
import org.skep.plan.node.WindowFrame;
import org.skep.plan.node.WindowFrame.Bound;
import org.skep.plan.node.WindowFrame.BoundKind;
import org.skep.plan.stage.StageGraph;
import org.skep.types.DataType;

/**
 * Tests that operators which hold rows end cleanly when memory is short or the query is stopped.
 */
final class LimitsTest {
    private static final List<DataType> LONG = List.of(DataType.BIGINT);

    private static List<List<Object>> numbers(int count, int different) {
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            rows.add(List.of(i % different));
        }
        return rows;
    }

    private static PhysicalNode hashJoin(
            JoinKind kind, PhysicalNode left, PhysicalNode right, Expression residual) {
        return new PhysicalNode.HashJoin(
                kind, left, right, List.of(0), List.of(0), List.of(false), residual, List.of());
    }

    private static PhysicalNode aggregate(PhysicalNode input, AggregateCall call, Integer... keys) {
        List<DataType> types = new ArrayList<>();
        for (int key : keys) {
            types.add(input.outputTypes().get(key));
        }
        types.add(call.type());
        return new PhysicalNode.Aggregate(
                input, AggregateStep.SINGLE, List.of(keys), List.of(call), types);
    }

    private static AggregateCall call(String function, DataType type, boolean distinct) {
        return new AggregateCall(function, List.of(0), LONG, type, distinct, -1);
    }

    private static PhysicalNode sums(PhysicalNode input, BoundKind start) {
        WindowFrame frame =
                new WindowFrame(
                        true,
                        new Bound(start, null),
                        new Bound(BoundKind.UNBOUNDED_FOLLOWING, null));
        WindowCall call =
                new WindowCall("sum", List.of(0), LONG, DataType.BIGINT, false, false, frame);
        return new PhysicalNode.Window(
                input, List.of(), List.of(new SortKey(0, false, false)), List.of(call));
    }

    @Test
    void namesTheOperatorThatNeedsTooMuchMemory() {
        AggregateCall count = call("count", DataType.BIGINT, false);
        try (QueryFixture fixture = new QueryFixture(2)) {
            fixture.memoryLimit = 300_000;
            PhysicalNode table = fixture.table(1, LONG, numbers(60_000, 60_000), 60_000);
            PhysicalNode one = QueryFixture.values(LONG, numbers(1, 1));
            Map<String, PhysicalNode> plans =
                    Map.of(
                            "HashJoin", hashJoin(JoinKind.INNER, one, table, null),
                            "NestedLoopJoin",
                                    new PhysicalNode.NestedLoopJoin(
                                            JoinKind.INNER, one, table, null),
                            "Aggregate", aggregate(table, count, 0),
                            "Window", sums(table, BoundKind.UNBOUNDED_PRECEDING),
                            "TopN",
                                    new PhysicalNode.TopN(
                                            table, List.of(new SortKey(0, true, true)), 50_000));
            plans.forEach((name, plan) -> checkNamed(fixture, name, plan));
            DataType list = DataType.parse("array<bigint>");
            checkNamed(fixture, "Aggregate", aggregate(table, call("collect_list", list, false)));
            checkNamed(
                    fixture, "Aggregate", aggregate(table, call("count", DataType.BIGINT, true)));
        }
    }

    private static void checkNamed(QueryFixture fixture, String name, PhysicalNode plan) {
        assertThatThrownBy(() -> fixture.rows(QueryFixture.result(plan, 1)))
                .as(name)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
                .hasMessageContaining("exceeded in " + name + " of Result: limit 300000 bytes");
        assertThat(fixture.process.reserved()).as(name).isZero();
    }

    @Test
    void stopsJoinsOfManyRowsWithOneKey() {
        // 400 million pairs, none of which passes
        Expression never =
                new Expression.Call(
                        "<",
                        List.of(
                                new Expression.InputColumn(0, DataType.BIGINT),
                                new Expression.InputColumn(1, DataType.BIGINT)),
                        DataType.BOOLEAN);
        try (QueryFixture fixture = new QueryFixture(2)) {
            PhysicalNode left = fixture.table(1, LONG, numbers(20_000, 1), 20_000);
            PhysicalNode right = fixture.table(2, LONG, numbers(20_000, 1), 20_000);
            checkStopped(fixture, hashJoin(JoinKind.INNER, left, right, never));
            checkStopped(
                    fixture, new PhysicalNode.NestedLoopJoin(JoinKind.INNER, left, right, never));
        }
    }

    @Test
    void stopsWindowsWithLongFrames() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            PhysicalNode table = fixture.table(1, LONG, numbers(60_000, 60_000), 60_000);
            checkStopped(fixture, sums(table, BoundKind.CURRENT_ROW));
        }
    }

    private static void checkStopped(QueryFixture fixture, PhysicalNode plan) {
        fixture.cancelFlag = new CancelFlag();
        QueryRun run = fixture.start(new StageGraph(List.of(QueryFixture.result(plan, 1))));
        fixture.cancelFlag.cancel();
        long start = System.nanoTime();
        assertThatThrownBy(run::next)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        run.close();
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
        assertThat(fixture.process.reserved()).isZero();
    }
}
