package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
import org.skep.types.DecimalType;
import org.skep.types.NanoTime;

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
            List<List<Object>> partition,
            int row,
            WindowFrame frame,
            boolean descending,
            boolean nullsFirst) {
        List<Integer> rows = new ArrayList<>();
        for (int other = 0; other < partition.size(); other++) {
            if (reaches(partition, row, other, frame, frame.start(), true, descending, nullsFirst)
                    && reaches(
                            partition,
                            row,
                            other,
                            frame,
                            frame.end(),
                            false,
                            descending,
                            nullsFirst)) {
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
            boolean descending,
            boolean nullsFirst) {
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
        if (bound.offset() == null) {
            return peers(partition, row, other) || (start ? other > row : other < row);
        }
        int edge = distant(partition, row, bound, start, descending, nullsFirst);
        return start ? other >= edge : other < edge;
    }

    // As Hive does: back to the last row that is not farther, or on to the first that is.
    private static int distant(
            List<List<Object>> partition,
            int row,
            Bound bound,
            boolean start,
            boolean descending,
            boolean nullsFirst) {
        boolean back = bound.kind() == BoundKind.PRECEDING;
        Long mine = (Long) partition.get(row).get(1);
        if (mine == null) {
            if (back && start) {
                return firstPeer(partition, row);
            }
            if (descending || !nullsFirst) {
                return partition.size();
            }
            return back ? 0 : (int) partition.stream().filter(r -> r.get(1) == null).count();
        }
        int step = back ? -1 : 1;
        int at = row;
        while (at >= 0 && at < partition.size()) {
            Long theirs = (Long) partition.get(at).get(1);
            if (theirs == null || Math.abs(theirs - mine) > (Long) bound.offset().value()) {
                break;
            }
            at += step;
        }
        return back ? at + 1 : at;
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
        oracles.add(
                (partition, row) ->
                        sum(partition, visible(partition, row, frame, descending, nullsFirst)));
        calls.add(call("count", List.of(), DataType.BIGINT, frame));
        oracles.add(
                (partition, row) ->
                        (long) visible(partition, row, frame, descending, nullsFirst).size());
        calls.add(call("first_value", List.of(2), DataType.BIGINT, frame));
        oracles.add((partition, row) -> edge(partition, row, frame, descending, nullsFirst, true));
        calls.add(call("last_value", List.of(2), DataType.BIGINT, frame));
        oracles.add((partition, row) -> edge(partition, row, frame, descending, nullsFirst, false));
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
            boolean nullsFirst,
            boolean first) {
        List<Integer> rows = visible(partition, row, frame, descending, nullsFirst);
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

    private static List<Object> column(
            DataType keyType, List<Object> keys, WindowFrame frame, String function) {
        List<DataType> types = List.of(DataType.STRING, keyType, DataType.BIGINT);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            List<Object> row = new ArrayList<>();
            row.add("p");
            row.add(keys.get(i));
            row.add(i + 1L);
            rows.add(row);
        }
        return column(types, rows, new SortKey(1, false, false), call(function, frame, false));
    }

    private static WindowCall call(String function, WindowFrame frame, boolean ignoreNulls) {
        return new WindowCall(
                function,
                List.of(2),
                List.of(DataType.BIGINT),
                DataType.BIGINT,
                false,
                ignoreNulls,
                frame);
    }

    private static List<Object> column(
            List<DataType> types, List<List<Object>> rows, SortKey order, WindowCall call) {
        try (QueryFixture fixture = new QueryFixture(1)) {
            PhysicalNode window =
                    new PhysicalNode.Window(
                            fixture.table(1, types, rows, 9),
                            List.of(0),
                            List.of(order),
                            List.of(call));
            List<Object> found = new ArrayList<>();
            fixture.rows(QueryFixture.result(window, 1))
                    .forEach(row -> found.add(row.get(types.size())));
            return found;
        }
    }

    private static WindowFrame between(Datum preceding, Datum following) {
        return new WindowFrame(
                false,
                new Bound(BoundKind.PRECEDING, preceding),
                new Bound(BoundKind.FOLLOWING, following));
    }

    private static Datum interval(DataType type, Object value) {
        return new Datum(type, value);
    }

    @Test
    void reachesByMonthsOfTheCalendar() {
        // 31 January, 28 February, 1 March, 31 March 2021, and no date
        List<Object> days = new ArrayList<>(List.of(18658L, 18686L, 18687L, 18717L));
        days.add(null);
        Datum month = interval(DataType.INTERVAL_YEAR_MONTH, 1L);
        assertThat(column(DataType.DATE, days, between(month, month), "sum"))
                .containsExactly(3L, 6L, 9L, 7L, 5L);
    }

    @Test
    void reachesByDaysAndSeconds() {
        Datum day = interval(DataType.INTERVAL_DAY_TIME, new NanoTime(86_400_000_000L, (short) 0));
        assertThat(column(DataType.DATE, List.of(0L, 1L, 2L, 4L), between(day, day), "sum"))
                .containsExactly(3L, 6L, 5L, 4L);
        List<Object> times =
                List.of(
                        new NanoTime(0, (short) 0),
                        new NanoTime(1_900_000, (short) 0),
                        new NanoTime(86_400_000_000L, (short) 0),
                        new NanoTime(86_400_000_000L, (short) 1));
        assertThat(column(DataType.TIMESTAMP, times, between(day, day), "sum"))
                .containsExactly(6L, 10L, 10L, 9L);
        Datum second = Datum.ofLong(1);
        assertThat(column(DataType.TIMESTAMP, times, between(second, second), "sum"))
                .containsExactly(3L, 3L, 7L, 7L);
    }

    @Test
    void leavesOutWhatIsAtTheDistanceOnTheFarSide() {
        WindowFrame ahead = frame(false, BoundKind.FOLLOWING, 100, BoundKind.FOLLOWING, 200);
        DataType money = new DecimalType(10, 2);
        List<Object> amounts =
                List.of(
                        new BigDecimal("50.00"),
                        new BigDecimal("100.00"),
                        new BigDecimal("151.00"),
                        new BigDecimal("200.00"));
        assertThat(column(money, amounts, ahead, "sum")).containsExactly(7L, null, null, null);
        assertThat(column(DataType.DOUBLE, List.of(0.0, 100.0, 200.0), ahead, "sum"))
                .containsExactly(3L, null, null);
    }

    private static List<Object> values(WindowCall call, Long... values) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            List<Object> row = new ArrayList<>();
            row.add("p");
            row.add((long) i);
            row.add(values[i]);
            rows.add(row);
        }
        return column(TYPES, rows, new SortKey(1, false, false), call);
    }

    @Test
    void passesOverNulls() {
        WindowFrame beside = frame(true, BoundKind.PRECEDING, 1, BoundKind.FOLLOWING, 1);
        Long[] values = {null, 1L, null, null, 2L, 3L, null};
        assertThat(values(call("first_value", beside, true), values))
                .containsExactly(1L, 1L, 1L, 2L, 2L, 2L, 3L);
        assertThat(values(call("first_value", beside, false), values))
                .containsExactly(null, null, 1L, null, null, 2L, 3L);
        assertThat(values(call("last_value", beside, true), values))
                .containsExactly(1L, 1L, 1L, 2L, 3L, 3L, 3L);
        assertThat(values(call("last_value", beside, false), values))
                .containsExactly(1L, null, null, 2L, 3L, null, null);
        assertThat(values(call("lag", WHOLE, true), values))
                .containsExactly(null, null, 1L, 1L, 1L, 2L, 3L);
        assertThat(values(call("lead", WHOLE, true), values))
                .containsExactly(1L, 2L, 2L, 2L, 3L, null, null);
    }

    @Test
    void hasNoValueInEmptyFrames() {
        Long[] values = {1L, 2L, 3L};
        WindowFrame before = frame(true, BoundKind.PRECEDING, 5, BoundKind.PRECEDING, 2);
        assertThat(values(call("first_value", before, false), values))
                .containsExactly(null, null, 1L);
        assertThat(values(call("sum", before, false), values)).containsExactly(null, null, 1L);
        WindowFrame after = frame(true, BoundKind.FOLLOWING, 2, BoundKind.FOLLOWING, 9);
        assertThat(values(call("last_value", after, false), values))
                .containsExactly(3L, null, null);
        assertThat(values(call("sum", after, false), values)).containsExactly(3L, null, null);
    }
}
