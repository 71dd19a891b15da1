package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.plan.node.PhysicalNode;
import org.skep.types.DataType;

/** Tests table functions beside the rows that they are called for. */
final class GenerateTest {
    private static final DataType LISTS = DataType.parse("array<bigint>");
    private static final List<DataType> TYPES = List.of(DataType.STRING, LISTS);

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static final List<List<Object>> ROWS =
            List.of(
                    row("a", List.of(1L, 2L, 3L)),
                    row("b", List.of()),
                    row("c", null),
                    row(null, Arrays.asList(4L, null)));

    private static List<List<Object>> run(
            int batchRows,
            MemoryTables.Encoding encoding,
            boolean outer,
            List<Integer> retained,
            String function,
            List<DataType> made) {
        try (QueryFixture fixture = new QueryFixture(1)) {
            fixture.batchRows = batchRows;
            fixture.bytes = outer;
            fixture.tables.encoding = encoding;
            PhysicalNode generate =
                    new PhysicalNode.Generate(
                            fixture.table(1, TYPES, ROWS, 9),
                            function,
                            List.of(1),
                            made,
                            outer,
                            retained);
            return fixture.rows(QueryFixture.result(generate, 1));
        }
    }

    @Test
    void repeatsRetainedColumnsForEachRowMade() {
        for (int batchRows : new int[] {1, 2, 2048}) {
            assertThat(
                            run(
                                    batchRows,
                                    MemoryTables.Encoding.FLAT,
                                    false,
                                    List.of(0),
                                    "explode",
                                    List.of(DataType.BIGINT)))
                    .containsExactly(
                            row("a", 1L),
                            row("a", 2L),
                            row("a", 3L),
                            row(null, 4L),
                            row(null, null));
        }
    }

    @Test
    void keepsRowsWithoutAnyIfOuter() {
        for (int batchRows : new int[] {1, 3, 2048}) {
            assertThat(
                            run(
                                    batchRows,
                                    MemoryTables.Encoding.DICTIONARY,
                                    true,
                                    List.of(0),
                                    "posexplode",
                                    List.of(DataType.INT, DataType.BIGINT)))
                    .containsExactly(
                            row("a", 0L, 1L),
                            row("a", 1L, 2L),
                            row("a", 2L, 3L),
                            row("b", null, null),
                            row("c", null, null),
                            row(null, 0L, 4L),
                            row(null, 1L, null));
        }
    }

    @Test
    void mayRetainNothing() {
        assertThat(
                        run(
                                2048,
                                MemoryTables.Encoding.FLAT,
                                true,
                                List.of(),
                                "explode",
                                List.of(DataType.BIGINT)))
                .containsExactly(
                        row(1L),
                        row(2L),
                        row(3L),
                        row((Object) null),
                        row((Object) null),
                        row(4L),
                        row((Object) null));
    }

    @Test
    void replicatesRows() {
        List<List<Object>> rows = new ArrayList<>();
        for (Long times : new Long[] {2L, 0L, null, -1L, 1L}) {
            rows.add(row("x" + times, times));
        }
        try (QueryFixture fixture = new QueryFixture(1)) {
            PhysicalNode generate =
                    new PhysicalNode.Generate(
                            fixture.table(1, List.of(DataType.STRING, DataType.BIGINT), rows, 9),
                            "replicate_rows",
                            List.of(1, 0),
                            List.of(DataType.BIGINT, DataType.STRING),
                            false,
                            List.of());
            assertThat(fixture.rows(QueryFixture.result(generate, 1)))
                    .containsExactly(row(2L, "x2"), row(2L, "x2"), row(1L, "x1"));
        }
    }
}
