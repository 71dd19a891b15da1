package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowCall;
import org.skep.plan.node.WindowFrame;
import org.skep.plan.node.WindowFrame.Bound;
import org.skep.plan.node.WindowFrame.BoundKind;
import org.skep.types.DataType;
import org.skep.types.Datum;

/** Compares window functions with loops over lists. Columns: partition, order, value. */
final class WindowTest {
    private static final List<DataType> TYPES =
            List.of(DataType.STRING, DataType.BIGINT, DataType.BIGINT);
    private static final WindowFrame WHOLE =
            frame(true, BoundKind.UNBOUNDED_PRECEDING, 0, BoundKind.UNBOUNDED_FOLLOWING, 0);

    /** The rows of a partition and an index; the answer is the value there. */
    private interface Oracle extends BiFunction<List<List<Object>>, Integer, Object> {}

    private static WindowFrame frame(
            boolean rows, BoundKind start, long before, BoundKind end, long after) {
        return new WindowFrame(rows, bound(start, before), bound(end, after));
    }

    private static Bound bound(BoundKind kind, long offset) {
        boolean distant = kind == BoundKind.PRECEDING || kind == BoundKind.FOLLOWING;
        return new Bound(kind, distant ? Datum.ofLong(offset) : null);
    }

    private static WindowCall call(
            String function, List<Integer> arguments, DataType type, WindowFrame frame) {
        return new WindowCall(
                function,
                arguments,
                arguments.stream().map(TYPES::get).toList(),
                type,
                false,
                false,
                frame);
    }

    private static boolean peers(List<List<Object>> partition, int left, int right) {
        return Objects.equals(partition.get(left).get(1), partition.get(right).get(1));
    }

    private static int firstPeer(List<List<Object>> partition, int row) {
        int first = row;
        while (first > 0 && peers(partition, first - 1, row)) {
            first--;
        }
        return first;
    }

    private static List<Integer> visible(
            List<List<Object>> partition, int row, WindowFrame frame, boolean descending) {
        List<Integer> rows = new ArrayList<>();
        for (int other = 0; other < partition.size(); other++) {
            if (reaches(partition, row, other, frame, frame.start(), true, descending)
                    && reaches(partition, row, other, frame, frame.end(), false, descending)) {
                rows.add(other);
            }
        }
        return rows;
    }

    private static boolean reaches(
            List<List<Object>> partition,
            int row,
            int other,
            WindowFrame frame,
            Bound bound,
            boolean start,
            boolean descending) {
        if (bound.kind() == BoundKind.UNBOUNDED_PRECEDING) {
            return start;
        }
        if (bound.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
            return !start;
        }
        long offset = bound.offset() == null ? 0 : (Long) bound.offset().value();
        if (bound.kind() == BoundKind.PRECEDING) {
            offset = -offset;
        }
        if (frame.rows()) {
            return start ? other >= row + offset : other <= row + offset;
        }
        Long mine = (Long) partition.get(row).get(1);
        Long theirs = (Long) partition.get(other).get(1);
        if (bound.offset() == null || mine == null) {
            return peers(partition, row, other) || (start ? other > row : other < row);
        }
        if (theirs == null) {
            return start ? other > row : other < row;
        }
        long limit = descending ? mine - offset : mine + offset;
        long distance = descending ? limit - theirs : theirs - limit;
        return start ? distance >= 0 : distance <= 0;
    }

    private static Object sum(List<List<Object>> partition, List<Integer> rows) {
        Long sum = null;
        for (int row : rows) {
            Long value = (Long) partition.get(row).get(2);
            if (value != null) {
                sum = sum == null ? value : sum + value;
            }
        }
        return sum;
    }

    @Test
    void computesAsLoopsDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 24; run++) {
            check(run, random, seed);
        }
    }

    private static void check(int run, Random random, long seed) {
        boolean descending = random.nextBoolean();
        boolean nullsFirst = random.nextBoolean();
        List<SortKey> sorting =
                List.of(
                        new SortKey(0, false, true),
                        new SortKey(1, descending, nullsFirst),
                        new SortKey(2, false, true));
        List<List<Object>> rows =
                new RandomRows(random.nextLong()).make(TYPES, 60, 4 + random.nextInt(12));
        BoundKind[] kinds = BoundKind.values();
        WindowFrame frame =
                frame(
                        random.nextBoolean(),
                        kinds[random.nextInt(4)],
                        random.nextInt(4),
                        kinds[1 + random.nextInt(4)],
                        random.nextInt(4));
        List<WindowCall> calls = new ArrayList<>();
        List<Oracle> oracles = new ArrayList<>();
        calls.add(call("row_number", List.of(), DataType.INT, WHOLE));
        oracles.add((partition, row) -> row + 1L);
        calls.add(call("rank", List.of(), DataType.INT, WHOLE));
        oracles.add((partition, row) -> firstPeer(partition, row) + 1L);
        calls.add(call("lag", List.of(2), DataType.BIGINT, WHOLE));
        oracles.add((partition, row) -> row == 0 ? null : partition.get(row - 1).get(2));
        calls.add(call("lead", List.of(0), DataType.STRING, WHOLE));
        oracles.add(
                (partition, row) ->
                        row + 1 == partition.size() ? null : partition.get(row + 1).get(0));
        calls.add(call("sum", List.of(2), DataType.BIGINT, frame));
        oracles.add((partition, row) -> sum(partition, visible(partition, row, frame, descending)));
        calls.add(call("count", List.of(), DataType.BIGINT, frame));
        oracles.add((partition, row) -> (long) visible(partition, row, frame, descending).size());
        calls.add(call("first_value", List.of(2), DataType.BIGINT, frame));
        oracles.add((partition, row) -> edge(partition, row, frame, descending, true));
        calls.add(call("last_value", List.of(2), DataType.BIGINT, frame));
        oracles.add((partition, row) -> edge(partition, row, frame, descending, false));
        try (QueryFixture fixture = new QueryFixture(1)) {
            fixture.batchRows = new int[] {1, 7, 2048}[run % 3];
            fixture.bytes = run % 2 == 0;
            PhysicalNode sort = new PhysicalNode.Sort(fixture.table(1, TYPES, rows, 100), sorting);
            List<List<Object>> sorted = fixture.rows(QueryFixture.result(sort, 1));
            PhysicalNode window =
                    new PhysicalNode.Window(sort, List.of(0), sorting.subList(1, 2), calls);
            assertThat(fixture.rows(QueryFixture.result(window, 1)))
                    .as("seed %d, run %d, frame %s", seed, run, frame)
                    .isEqualTo(expected(sorted, oracles));
        }
    }

    private static Object edge(
            List<List<Object>> partition,
            int row,
            WindowFrame frame,
            boolean descending,
            boolean first) {
        List<Integer> rows = visible(partition, row, frame, descending);
        return rows.isEmpty() ? null : partition.get(rows.get(first ? 0 : rows.size() - 1)).get(2);
    }

    private static List<List<Object>> expected(List<List<Object>> sorted, List<Oracle> oracles) {
        List<List<Object>> expected = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int to = from;
            while (to < sorted.size()
                    && Objects.equals(sorted.get(to).get(0), sorted.get(from).get(0))) {
                to++;
            }
            List<List<Object>> partition = sorted.subList(from, to);
            for (int row = 0; row < partition.size(); row++) {
                List<Object> out = new ArrayList<>(partition.get(row));
                for (Oracle oracle : oracles) {
                    out.add(oracle.apply(partition, row));
                }
                expected.add(out);
            }
            from = to;
        }
        return expected;
    }

    @Test
    void sharesTilesAndDistributes() {
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 5; i++) {
            rows.add(List.of("p", i / 2, 2L));
        }
        try (QueryFixture fixture = new QueryFixture(1)) {
            PhysicalNode window =
                    new PhysicalNode.Window(
                            fixture.table(1, TYPES, rows, 9),
                            List.of(0),
                            List.of(new SortKey(1, false, true)),
                            List.of(
                                    call("ntile", List.of(2), DataType.INT, WHOLE),
                                    call("cume_dist", List.of(), DataType.DOUBLE, WHOLE),
                                    call("percent_rank", List.of(), DataType.DOUBLE, WHOLE),
                                    call("dense_rank", List.of(), DataType.INT, WHOLE)));
            List<List<Object>> found = new ArrayList<>();
            fixture.rows(QueryFixture.result(window, 1))
                    .forEach(row -> found.add(row.subList(3, 7)));
            assertThat(found)
                    .containsExactly(
                            List.of(1L, 0.4, 0.0, 1L),
                            List.of(1L, 0.4, 0.0, 1L),
                            List.of(1L, 0.8, 0.5, 2L),
                            List.of(2L, 0.8, 0.5, 2L),
                            List.of(2L, 1.0, 1.0, 3L));
        }
    }
}
