package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.SortKey;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageOutput;
import org.skep.types.DataType;
import org.skep.types.DecimalType;

/** Compares sorting with that of lists. */
final class SortTest {
    private static final List<DataType> TYPES =
            List.of(
                    DataType.STRING,
                    DataType.BIGINT,
                    DataType.DOUBLE,
                    new DecimalType(20, 3),
                    DataType.TIMESTAMP);

    @TempDir Path directory;

    private static List<SortKey> randomKeys(Random random) {
        List<SortKey> keys = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            keys.add(
                    new SortKey(
                            random.nextInt(TYPES.size()),
                            random.nextBoolean(),
                            random.nextBoolean()));
        }
        return keys;
    }

    private static Comparator<List<Object>> order(List<SortKey> keys) {
        return (left, right) -> {
            for (SortKey key : keys) {
                Object l = left.get(key.column());
                Object r = right.get(key.column());
                int comparison;
                if (l == null || r == null) {
                    comparison = l == r ? 0 : (l == null) == key.nullsFirst() ? -1 : 1;
                } else {
                    comparison = compare(l, r);
                    comparison = key.descending() ? -comparison : comparison;
                }
                if (comparison != 0) {
                    return comparison;
                }
            }
            return 0;
        };
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    @Test
    void sortsStably() {
        for (int run = 0; run < 12; run++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<List<Object>> rows =
                    new RandomRows(seed).make(TYPES, 700, 5 + random.nextInt(500));
            List<SortKey> keys = randomKeys(random);
            List<List<Object>> expected = new ArrayList<>(rows);
            expected.sort(order(keys));
            try (QueryFixture fixture = new QueryFixture(1)) {
                fixture.batchRows = new int[] {1, 3, 2048}[run % 3];
                PhysicalNode scan = fixture.table(1, TYPES, rows, 700);
                assertThat(fixture.rows(QueryFixture.result(new PhysicalNode.Sort(scan, keys), 1)))
                        .as("seed %d, keys %s", seed, keys)
                        .containsExactlyElementsOf(expected);
                int count = random.nextInt(50);
                assertThat(
                                fixture.rows(
                                        QueryFixture.result(
                                                new PhysicalNode.TopN(scan, keys, count), 1)))
                        .as("seed %d, keys %s", seed, keys)
                        .containsExactlyElementsOf(expected.subList(0, count));
            }
        }
    }

    @Test
    void mergesSortedTasks() {
        for (int run = 0; run < 6; run++) {
            long seed = System.nanoTime();
            List<List<Object>> rows = new RandomRows(seed).make(TYPES, 500, 1000);
            List<SortKey> keys = randomKeys(new Random(seed));
            List<Object> expected = new ArrayList<>();
            rows.stream().sorted(order(keys)).forEach(row -> expected.add(keyOf(row, keys)));
            try (QueryFixture fixture = new QueryFixture(2)) {
                fixture.bytes = run % 2 == 0;
                fixture.batchRows = new int[] {2, 64, 2048}[run % 3];
                PhysicalNode scan = fixture.table(1, TYPES, rows, 100);
                Stage map =
                        new Stage(
                                "Map",
                                new PhysicalNode.Sort(scan, keys),
                                new StageOutput.Gather(keys),
                                0,
                                List.of("Result"));
                PhysicalNode read = new PhysicalNode.ExchangeRead("Map", TYPES, keys);
                List<Object> found = new ArrayList<>();
                fixture.rows(map, QueryFixture.result(read, 1))
                        .forEach(row -> found.add(keyOf(row, keys)));
                assertThat(found).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    private static List<Object> keyOf(List<Object> row, List<SortKey> keys) {
        List<Object> key = new ArrayList<>();
        keys.forEach(part -> key.add(row.get(part.column())));
        return key;
    }

    @Test
    void spillsWhenMemoryIsShort() throws Exception {
        long seed = System.nanoTime();
        List<List<Object>> rows = new RandomRows(seed).make(TYPES, 30_000, 1_000_000);
        List<SortKey> keys = List.of(new SortKey(1, true, false), new SortKey(0, false, true));
        List<List<Object>> expected = new ArrayList<>(rows);
        expected.sort(order(keys));
        try (QueryFixture fixture = new QueryFixture(1)) {
            fixture.memoryLimit = 1 << 20;
            fixture.spillDirectory = directory.resolve("spill").toString();
            PhysicalNode scan = fixture.table(1, TYPES, rows, 30_000);
            assertThat(fixture.rows(QueryFixture.result(new PhysicalNode.Sort(scan, keys), 1)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(fixture.lastRun.statistics().get(0).spilledBytes()).isPositive();
            assertThat(fixture.process.peak()).isLessThanOrEqualTo(1 << 20);
        }
        try (var left = Files.list(directory.resolve("spill"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void spillsExchangesWhenMemoryIsShort() {
        long seed = System.nanoTime();
        List<List<Object>> rows = new RandomRows(seed).make(TYPES, 20_000, 1_000_000);
        try (QueryFixture fixture = new QueryFixture(2)) {
            fixture.memoryLimit = 1 << 18;
            fixture.spillDirectory = directory.resolve("exchange").toString();
            Stage map =
                    new Stage(
                            "Map",
                            fixture.table(1, TYPES, rows, 5_000),
                            new StageOutput.Hash(List.of(0, 1)),
                            0,
                            List.of("Result"));
            PhysicalNode read = new PhysicalNode.ExchangeRead("Map", TYPES, List.of());
            assertThat(fixture.rows(map, QueryFixture.result(read, 0)))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(rows);
        }
    }
}
