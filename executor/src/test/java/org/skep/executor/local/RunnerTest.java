package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.task.OperatorStatistics;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.AggregateCall;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.PhysicalNode.AggregateStep;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WriteTarget;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;
import org.skep.storage.TableLayout;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.vector.ColumnBatch;

/** Tests how queries run, end, fail and are stopped. */
final class RunnerTest {
    private static final List<DataType> LONG = List.of(DataType.BIGINT);

    private static List<List<Object>> numbers(int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            rows.add(List.of(i));
        }
        return rows;
    }

    private static PhysicalNode crossJoin(PhysicalNode left, PhysicalNode right) {
        return new PhysicalNode.NestedLoopJoin(JoinKind.INNER, left, right, null);
    }

    private static PhysicalNode count(PhysicalNode input) {
        return new PhysicalNode.Aggregate(
                input,
                AggregateStep.SINGLE,
                List.of(),
                List.of(
                        new AggregateCall(
                                "count", List.of(), List.of(), DataType.BIGINT, false, -1)),
                LONG);
    }

    @Test
    void streamsResultsWithBoundedMemory() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            fixture.batchRows = 16;
            PhysicalNode scan = fixture.table(1, LONG, numbers(50_000), 5_000);
            try (QueryRun run =
                    fixture.start(new StageGraph(List.of(QueryFixture.result(scan, 0))))) {
                long rows = 0;
                for (ColumnBatch batch = run.next(); batch != null; batch = run.next()) {
                    rows += batch.rowCount();
                }
                assertThat(rows).isEqualTo(50_000);
            }
            assertThat(fixture.process.reserved()).isZero();
        }
    }

    @Test
    void stopsReadingOnceALimitIsReached() {
        try (QueryFixture fixture = new QueryFixture(1)) {
            PhysicalNode scan = fixture.table(1, LONG, numbers(100_000), 100_000);
            PhysicalNode limit = new PhysicalNode.Limit(scan, 5, 10);
            assertThat(fixture.rows(QueryFixture.result(limit, 1)))
                    .isEqualTo(numbers(15).subList(5, 15));
            OperatorStatistics scanned = fixture.lastRun.statistics().get(1);
            assertThat(scanned.name()).isEqualTo("TableScan");
            assertThat(scanned.rows()).isLessThan(10_000);
        }
    }

    @Test
    void closingEarlyStopsTheTasks() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            fixture.batchRows = 4;
            PhysicalNode scan = fixture.table(1, LONG, numbers(50_000), 5_000);
            QueryRun run = fixture.start(new StageGraph(List.of(QueryFixture.result(scan, 0))));
            assertThat(run.next()).isNotNull();
            run.close();
            assertThat(fixture.process.reserved()).isZero();
            assertThat(fixture.rows(QueryFixture.result(fixture.table(2, LONG, numbers(3), 9), 0)))
                    .hasSize(3);
        }
    }

    @Test
    void cancelsPromptly() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            PhysicalNode rows =
                    count(
                            crossJoin(
                                    fixture.table(1, LONG, numbers(100_000), 100_000),
                                    QueryFixture.values(LONG, numbers(5_000))));
            QueryRun run = fixture.start(new StageGraph(List.of(QueryFixture.result(rows, 1))));
            fixture.cancelFlag.cancel();
            long start = System.nanoTime();
            assertThatThrownBy(run::next)
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            run.close();
            assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
            assertThat(fixture.process.reserved()).isZero();
        }
    }

    @Test
    void namesTheOperatorThatExceedsTheMemoryLimit() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            fixture.memoryLimit = 100_000;
            PhysicalNode sort =
                    new PhysicalNode.Sort(
                            fixture.table(1, LONG, numbers(50_000), 50_000),
                            List.of(new SortKey(0, true, true)));
            assertThatThrownBy(() -> fixture.rows(QueryFixture.result(sort, 1)))
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
                    .hasMessageContaining("exceeded in Sort of Result: limit 100000 bytes");
            assertThat(fixture.process.reserved()).isZero();
            assertThat(fixture.rows(QueryFixture.result(fixture.table(2, LONG, numbers(3), 9), 0)))
                    .hasSize(3);
        }
    }

    @Test
    void reportsTheFirstFailure() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            PhysicalNode scan = fixture.table(1, LONG, numbers(10_000), 100);
            Expression fails =
                    new Expression.Call(
                            "assert_true",
                            List.of(
                                    new Expression.Call(
                                            "<",
                                            List.of(
                                                    new Expression.InputColumn(0, DataType.BIGINT),
                                                    new Expression.Literal(Datum.ofLong(7_000))),
                                            DataType.BOOLEAN)),
                            DataType.VOID);
            PhysicalNode project = new PhysicalNode.Project(scan, List.of(fails));
            assertThatThrownBy(() -> fixture.rows(QueryFixture.result(count(project), 1)))
                    .isInstanceOf(SkepException.class);
            assertThat(fixture.process.reserved()).isZero();
        }
    }

    @Test
    void sharesOneOutputAmongSeveralReaders() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            Stage map =
                    new Stage(
                            "Map",
                            fixture.table(1, LONG, numbers(1_000), 100),
                            new StageOutput.Gather(List.of()),
                            0,
                            List.of("A", "B"));
            PhysicalNode read = new PhysicalNode.ExchangeRead("Map", LONG, List.of());
            Stage a =
                    new Stage(
                            "A",
                            count(read),
                            new StageOutput.Gather(List.of()),
                            1,
                            List.of("Result"));
            Stage b =
                    new Stage(
                            "B",
                            new PhysicalNode.Limit(read, 0, 2),
                            new StageOutput.Gather(List.of()),
                            1,
                            List.of("Result"));
            PhysicalNode both =
                    new PhysicalNode.UnionAll(
                            List.of(
                                    new PhysicalNode.ExchangeRead("A", LONG, List.of()),
                                    new PhysicalNode.ExchangeRead("B", LONG, List.of())));
            assertThat(fixture.rows(map, a, b, QueryFixture.result(both, 1)))
                    .hasSize(3)
                    .contains(List.of(1_000L));
        }
    }

    @Test
    void producesConstantsOnceWhateverTheNumberOfTasks() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            PhysicalNode both =
                    new PhysicalNode.UnionAll(
                            List.of(
                                    fixture.table(1, LONG, numbers(10), 2),
                                    QueryFixture.values(LONG, numbers(3))));
            assertThat(fixture.rows(QueryFixture.result(both, 2))).hasSize(13);
        }
    }

    @Test
    void expandsRowsForGroupingSets() {
        try (QueryFixture fixture = new QueryFixture(1)) {
            Expression column = new Expression.InputColumn(0, DataType.BIGINT);
            PhysicalNode expand =
                    new PhysicalNode.Expand(
                            fixture.table(1, LONG, numbers(3), 9),
                            List.of(
                                    List.of(column, new Expression.Literal(Datum.ofInt(0))),
                                    List.of(
                                            new Expression.Literal(Datum.nullOf(DataType.BIGINT)),
                                            new Expression.Literal(Datum.ofInt(1)))));
            assertThat(fixture.rows(QueryFixture.result(expand, 1)))
                    .containsExactlyInAnyOrder(
                            List.of(0L, 0L),
                            List.of(1L, 0L),
                            List.of(2L, 0L),
                            Arrays.asList(null, 1L),
                            Arrays.asList(null, 1L),
                            Arrays.asList(null, 1L));
        }
    }

    @Test
    void writesAFileForEachDynamicPartition() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            List<DataType> types = List.of(DataType.BIGINT, DataType.STRING);
            List<List<Object>> rows = new ArrayList<>();
            for (long i = 0; i < 100; i++) {
                rows.add(Arrays.asList(i, i % 4 == 0 ? null : "a/b=" + i % 4));
            }
            WriteTarget target =
                    new WriteTarget(
                            7,
                            "db.t",
                            "/tmp/skep-test-staging",
                            new TableLayout(
                                    "memory",
                                    java.util.Map.of(),
                                    List.of(new TableLayout.Column(0, "id", DataType.BIGINT))),
                            List.of("2020"),
                            List.of("Part"),
                            List.of(DataType.STRING),
                            "__HIVE_DEFAULT_PARTITION__");
            Stage stage =
                    new Stage(
                            "Map",
                            new PhysicalNode.TableWrite(fixture.table(1, types, rows, 25), target),
                            new StageOutput.None(),
                            0,
                            List.of());
            assertThat(fixture.rows(stage)).isEmpty();
            List<WrittenFile> files = fixture.lastRun.writtenFiles().get(7);
            assertThat(files.stream().mapToLong(WrittenFile::rowCount).sum()).isEqualTo(100);
            assertThat(files)
                    .anyMatch(
                            file ->
                                    file.partitionValues().equals(Arrays.asList("2020", "a/b=1"))
                                            && file.stagedPath().contains("/part=a%2Fb%3D1/00000"))
                    .anyMatch(
                            file ->
                                    file.partitionValues().equals(Arrays.asList("2020", null))
                                            && file.stagedPath()
                                                    .contains("/part=__HIVE_DEFAULT_PARTITION__/"));
        }
    }

    @Test
    void sortsAMillionRows() {
        try (QueryFixture fixture = new QueryFixture(2)) {
            List<List<Object>> rows = numbers(1_000);
            PhysicalNode product =
                    crossJoin(fixture.table(1, LONG, rows, 100), QueryFixture.values(LONG, rows));
            Stage map =
                    new Stage(
                            "Map", product, new StageOutput.Hash(List.of(1)), 0, List.of("Reduce"));
            List<DataType> types = List.of(DataType.BIGINT, DataType.BIGINT);
            Stage reduce =
                    new Stage(
                            "Reduce",
                            new PhysicalNode.Sort(
                                    new PhysicalNode.ExchangeRead("Map", types, List.of()),
                                    List.of(
                                            new SortKey(1, true, true),
                                            new SortKey(0, false, true))),
                            new StageOutput.Gather(
                                    List.of(
                                            new SortKey(1, true, true),
                                            new SortKey(0, false, true))),
                            0,
                            List.of("Result"));
            PhysicalNode merged =
                    new PhysicalNode.ExchangeRead(
                            "Reduce",
                            types,
                            List.of(new SortKey(1, true, true), new SortKey(0, false, true)));
            try (QueryRun run =
                    fixture.start(
                            new StageGraph(List.of(map, reduce, QueryFixture.result(merged, 1))))) {
                long at = 0;
                for (ColumnBatch batch = run.next(); batch != null; batch = run.next()) {
                    long[] first = ((org.skep.types.vector.LongVector) batch.column(0)).values();
                    long[] second = ((org.skep.types.vector.LongVector) batch.column(1)).values();
                    for (int k = 0; k < batch.rowCount(); k++, at++) {
                        assertThat(second[k] == 999 - at / 1000 && first[k] == at % 1000).isTrue();
                    }
                }
                assertThat(at).isEqualTo(1_000_000);
            }
            assertThat(fixture.process.reserved()).isZero();
        }
    }
}
