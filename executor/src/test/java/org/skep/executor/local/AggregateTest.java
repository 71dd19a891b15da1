package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skep.functions.api.AggregateFunction;
import org.skep.plan.node.AggregateCall;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.PhysicalNode.AggregateStep;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageOutput;
import org.skep.types.DataType;
import org.skep.types.DecimalType;

/** Compares aggregation with maps of lists. */
final class AggregateTest {
    private static final DataType DECIMAL = new DecimalType(10, 2);
    private static final List<List<DataType>> KEY_TYPES =
            List.of(
                    List.of(),
                    List.of(DataType.BIGINT),
                    List.of(DataType.STRING),
                    List.of(DataType.STRING, DataType.STRING),
                    List.of(DataType.DOUBLE),
                    List.of(DataType.INT, DataType.TIMESTAMP, new DecimalType(30, 1)),
                    List.of(DataType.BOOLEAN, DataType.STRING, DataType.INT));

    @Test
    void aggregatesAsMapsDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int run = 0;
        for (int repetition = 0; repetition < 8; repetition++) {
            for (List<DataType> keys : KEY_TYPES) {
                check(keys, run++, random.nextLong());
            }
        }
    }

    private static AggregateCall call(
            String function, int argument, DataType type, DataType result, boolean distinct) {
        return new AggregateCall(
                function,
                argument < 0 ? List.of() : List.of(argument),
                argument < 0 ? List.of() : List.of(type),
                result,
                distinct,
                -1);
    }

    private static void check(List<DataType> keyTypes, int run, long seed) {
        int width = keyTypes.size();
        List<DataType> types = new ArrayList<>(keyTypes);
        types.addAll(List.of(DataType.BIGINT, DataType.STRING, DECIMAL, DataType.BOOLEAN));
        List<List<Object>> rows =
                new RandomRows(seed).make(types, run % 9 == 8 ? 0 : 400, 6 + run % 30);
        boolean single = run % 2 == 0;
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(call("count", -1, null, DataType.BIGINT, false));
        calls.add(call("sum", width, DataType.BIGINT, DataType.BIGINT, false));
        calls.add(call("max", width + 1, DataType.STRING, DataType.STRING, false));
        calls.add(call("min", width + 2, DECIMAL, DECIMAL, false));
        if (single) {
            calls.add(call("count", width, DataType.BIGINT, DataType.BIGINT, true));
            calls.add(
                    new AggregateCall(
                            "count",
                            List.of(width + 1),
                            List.of(DataType.STRING),
                            DataType.BIGINT,
                            false,
                            width + 3));
        }
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            keys.add(i);
        }
        try (QueryFixture fixture = new QueryFixture(1 + run / 2 % 2)) {
            fixture.batchRows = new int[] {1, 2, 3, 2048}[run / 3 % 4];
            fixture.bytes = run % 3 == 0;
            fixture.tables.encoding =
                    run % 4 < 2 ? MemoryTables.Encoding.DICTIONARY : MemoryTables.Encoding.FLAT;
            PhysicalNode scan = fixture.table(1, types, rows, 90);
            List<DataType> resultTypes = new ArrayList<>(keyTypes);
            calls.forEach(call -> resultTypes.add(call.type()));
            List<Stage> stages =
                    single
                            ? singleStages(scan, types, keys, calls, resultTypes)
                            : twoSteps(scan, keys, keyTypes, calls, resultTypes);
            assertThat(fixture.rows(stages.toArray(new Stage[0])))
                    .as("keys %s, run %d, seed %d", keyTypes, run, seed)
                    .containsExactlyInAnyOrderElementsOf(expected(rows, width, single));
        }
    }

    private static List<Stage> singleStages(
            PhysicalNode scan,
            List<DataType> types,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<DataType> resultTypes) {
        StageOutput output =
                keys.isEmpty() ? new StageOutput.Gather(List.of()) : new StageOutput.Hash(keys);
        PhysicalNode aggregate =
                new PhysicalNode.Aggregate(
                        new PhysicalNode.ExchangeRead("Map", types, List.of()),
                        AggregateStep.SINGLE,
                        keys,
                        calls,
                        resultTypes);
        return List.of(
                new Stage("Map", scan, output, 0, List.of("Result")),
                QueryFixture.result(aggregate, 0));
    }

    private static List<Stage> twoSteps(
            PhysicalNode scan,
            List<Integer> keys,
            List<DataType> keyTypes,
            List<AggregateCall> calls,
            List<DataType> resultTypes) {
        List<DataType> partTypes = new ArrayList<>(keyTypes);
        List<AggregateCall> last = new ArrayList<>();
        for (AggregateCall call : calls) {
            AggregateFunction function =
                    QueryFixture.FUNCTIONS.aggregate(call.function()).orElseThrow();
            List<Integer> parts = new ArrayList<>();
            for (DataType part : function.intermediateTypes(call.argumentTypes(), call.type())) {
                parts.add(partTypes.size());
                partTypes.add(part);
            }
            last.add(
                    new AggregateCall(
                            call.function(), parts, call.argumentTypes(), call.type(), false, -1));
        }
        StageOutput output =
                keys.isEmpty() ? new StageOutput.Gather(List.of()) : new StageOutput.Hash(keys);
        PhysicalNode partial =
                new PhysicalNode.Aggregate(scan, AggregateStep.PARTIAL, keys, calls, partTypes);
        PhysicalNode end =
                new PhysicalNode.Aggregate(
                        new PhysicalNode.ExchangeRead("Map", partTypes, List.of()),
                        AggregateStep.FINAL,
                        keys,
                        last,
                        resultTypes);
        return List.of(
                new Stage("Map", partial, output, 0, List.of("Result")),
                QueryFixture.result(end, keys.isEmpty() ? 1 : 0));
    }

    @SuppressWarnings("unchecked")
    private static List<List<Object>> expected(List<List<Object>> rows, int width, boolean single) {
        Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();
        if (width == 0) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (List<Object> row : rows) {
            groups.computeIfAbsent(row.subList(0, width), key -> new ArrayList<>()).add(row);
        }
        List<List<Object>> expected = new ArrayList<>();
        groups.forEach(
                (key, members) -> {
                    Long sum = null;
                    Comparable<Object> max = null;
                    Comparable<Object> min = null;
                    Set<Object> different = new HashSet<>();
                    long filtered = 0;
                    for (List<Object> row : members) {
                        Long number = (Long) row.get(width);
                        if (number != null) {
                            sum = sum == null ? number : sum + number;
                            different.add(number);
                        }
                        Object text = row.get(width + 1);
                        if (text != null && (max == null || max.compareTo(text) < 0)) {
                            max = (Comparable<Object>) text;
                        }
                        Object money = row.get(width + 2);
                        if (money != null && (min == null || min.compareTo(money) > 0)) {
                            min = (Comparable<Object>) money;
                        }
                        if (text != null && Boolean.TRUE.equals(row.get(width + 3))) {
                            filtered++;
                        }
                    }
                    List<Object> out = new ArrayList<>(key);
                    out.addAll(Arrays.asList((long) members.size(), sum, max, min));
                    if (single) {
                        out.add((long) different.size());
                        out.add(filtered);
                    }
                    expected.add(out);
                });
        return expected;
    }

    @Test
    void passesRowsOnWhenNearlyAllAreGroupsOfTheirOwn() {
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 200_000; i++) {
            rows.add(List.of(i, 1L));
        }
        try (QueryFixture fixture = new QueryFixture(2)) {
            List<DataType> types = List.of(DataType.BIGINT, DataType.BIGINT);
            List<Stage> stages =
                    twoSteps(
                            fixture.table(1, types, rows, 100_000),
                            List.of(0),
                            List.of(DataType.BIGINT),
                            List.of(call("sum", 1, DataType.BIGINT, DataType.BIGINT, false)),
                            types);
            assertThat(fixture.rows(stages.toArray(new Stage[0])))
                    .hasSize(200_000)
                    .allMatch(row -> row.get(1).equals(1L));
        }
    }
}
