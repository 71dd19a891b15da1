package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageOutput;
import org.skep.types.DataType;
import org.skep.types.DecimalType;

/** Compares joins of all kinds with nested loops over lists. */
final class JoinTest {
    private static final List<List<DataType>> KEY_TYPES =
            List.of(
                    List.of(DataType.BIGINT),
                    List.of(DataType.STRING),
                    List.of(DataType.INT, DataType.DOUBLE),
                    List.of(DataType.STRING, new DecimalType(20, 2)),
                    List.of(DataType.TIMESTAMP));

    /** How the right side reaches the join. */
    private enum Shape {
        ONE_STAGE,
        BROADCAST,
        HASHED
    }

    private record Case(
            JoinKind kind, List<DataType> keys, boolean nullSafe, boolean residual, int range) {}

    @Test
    void joinsByHashAsNestedLoopsDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int run = 0;
        for (JoinKind kind : JoinKind.values()) {
            for (List<DataType> keys : KEY_TYPES) {
                for (boolean residual : new boolean[] {false, true}) {
                    if (kind == JoinKind.LEFT_MARK && (residual || keys.size() > 1)) {
                        continue;
                    }
                    Case test = new Case(kind, keys, run % 3 == 0, residual, 1 + run % 4 * 20);
                    Shape shape = Shape.values()[run % 3];
                    if (kind == JoinKind.LEFT_MARK && shape == Shape.HASHED) {
                        shape = Shape.BROADCAST;
                    }
                    check(test, shape, run++, random.nextLong());
                }
            }
        }
    }

    private static void check(Case test, Shape shape, int run, long seed) {
        List<DataType> leftTypes = new ArrayList<>(test.keys());
        leftTypes.add(DataType.INT);
        List<DataType> rightTypes = new ArrayList<>(test.keys());
        rightTypes.add(DataType.STRING);
        rightTypes.add(DataType.INT);
        RandomRows random = new RandomRows(seed);
        List<List<Object>> left = random.make(leftTypes, 150, test.range());
        List<List<Object>> right = random.make(rightTypes, run % 7 == 0 ? 0 : 70, test.range());
        if (run % 5 == 1) {
            right = distinctByKeys(right, test.keys().size());
        }
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < test.keys().size(); i++) {
            keys.add(i);
        }
        Expression residual =
                test.residual()
                        ? new Expression.Call(
                                "<",
                                List.of(
                                        new Expression.InputColumn(keys.size(), DataType.INT),
                                        new Expression.InputColumn(
                                                leftTypes.size() + keys.size() + 1, DataType.INT)),
                                DataType.BOOLEAN)
                        : null;
        List<List<Object>> expected = expected(test, left, right);
        try (QueryFixture fixture = new QueryFixture(1 + run % 2)) {
            fixture.batchRows = new int[] {1, 2, 3, 2048}[run % 4];
            fixture.bytes = run % 5 < 2;
            fixture.tables.encoding =
                    run % 3 == 0 ? MemoryTables.Encoding.DICTIONARY : MemoryTables.Encoding.FLAT;
            PhysicalNode leftScan = fixture.table(1, leftTypes, left, 40);
            PhysicalNode rightScan = fixture.table(2, rightTypes, right, 30);
            List<Stage> stages = new ArrayList<>();
            PhysicalNode leftInput = leftScan;
            PhysicalNode rightInput = rightScan;
            if (shape != Shape.ONE_STAGE) {
                StageOutput output =
                        shape == Shape.BROADCAST
                                ? new StageOutput.Broadcast()
                                : new StageOutput.Hash(keys);
                stages.add(new Stage("Right", rightScan, output, 0, List.of("Join")));
                rightInput = new PhysicalNode.ExchangeRead("Right", rightTypes, List.of());
            }
            if (shape == Shape.HASHED) {
                stages.add(
                        new Stage(
                                "Left", leftScan, new StageOutput.Hash(keys), 0, List.of("Join")));
                leftInput = new PhysicalNode.ExchangeRead("Left", leftTypes, List.of());
            }
            PhysicalNode join =
                    new PhysicalNode.HashJoin(
                            test.kind(),
                            leftInput,
                            rightInput,
                            keys,
                            keys,
                            Collections.nCopies(keys.size(), test.nullSafe()),
                            residual,
                            Collections.nCopies(keys.size(), -1));
            stages.add(new Stage("Join", join, new StageOutput.Result(), 0, List.of()));
            assertThat(fixture.rows(stages.toArray(new Stage[0])))
                    .as("%s, %s, run %d, seed %d", test, shape, run, seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static List<List<Object>> distinctByKeys(List<List<Object>> rows, int keys) {
        List<List<Object>> seen = new ArrayList<>();
        List<List<Object>> kept = new ArrayList<>();
        for (List<Object> row : rows) {
            if (!seen.contains(row.subList(0, keys))) {
                seen.add(row.subList(0, keys));
                kept.add(row);
            }
        }
        return kept;
    }

    @Test
    void joinsWithoutKeysAsNestedLoopsDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int run = 0;
        for (JoinKind kind : JoinKind.values()) {
            for (int rightRows : new int[] {0, 1, 5, 60}) {
                for (boolean condition : new boolean[] {true, false}) {
                    checkLoop(kind, rightRows, condition, run++, random.nextLong());
                }
            }
        }
    }

    private static void checkLoop(
            JoinKind kind, int rightRows, boolean condition, int run, long seed) {
        List<DataType> types = List.of(DataType.INT, DataType.STRING);
        RandomRows random = new RandomRows(seed);
        List<List<Object>> left = random.make(types, run % 6 == 0 ? 1 : 30, 10);
        List<List<Object>> right = random.make(types, rightRows, 10);
        Expression less =
                new Expression.Call(
                        "<",
                        List.of(
                                new Expression.InputColumn(0, DataType.INT),
                                new Expression.InputColumn(2, DataType.INT)),
                        DataType.BOOLEAN);
        List<List<Object>> expected = new ArrayList<>();
        boolean[] matched = new boolean[right.size()];
        for (List<Object> l : left) {
            List<Boolean> truths = new ArrayList<>();
            for (List<Object> r : right) {
                truths.add(condition ? less(l.get(0), r.get(0)) : (Boolean) true);
            }
            addLeft(kind, l, right, truths, matched, 2, expected);
        }
        addUnmatched(kind, right, matched, 2, expected);
        try (QueryFixture fixture = new QueryFixture(1 + run % 2)) {
            fixture.batchRows = new int[] {1, 3, 2048}[run % 3];
            PhysicalNode join =
                    new PhysicalNode.NestedLoopJoin(
                            kind,
                            fixture.table(1, types, left, 7),
                            QueryFixture.values(types, right),
                            condition ? less : null);
            assertThat(fixture.rows(QueryFixture.result(join, 0)))
                    .as("%s, %d rows, %s, run %d, seed %d", kind, rightRows, condition, run, seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static Boolean less(Object left, Object right) {
        return (left == null || right == null) ? null : (Long) left < (Long) right;
    }

    private static List<List<Object>> expected(
            Case test, List<List<Object>> left, List<List<Object>> right) {
        List<List<Object>> expected = new ArrayList<>();
        int keys = test.keys().size();
        boolean[] matched = new boolean[right.size()];
        for (List<Object> l : left) {
            List<Boolean> truths = new ArrayList<>();
            for (List<Object> r : right) {
                Boolean truth = Boolean.TRUE;
                for (int i = 0; i < keys; i++) {
                    truth = and(truth, equal(l.get(i), r.get(i), test.nullSafe()));
                }
                if (test.residual()) {
                    truth = and(truth, less(l.get(keys), r.get(keys + 1)));
                }
                truths.add(truth);
            }
            addLeft(test.kind(), l, right, truths, matched, keys + 2, expected);
        }
        addUnmatched(test.kind(), right, matched, keys + 1, expected);
        return expected;
    }

    private static Boolean and(Boolean left, Boolean right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return (left == null || right == null) ? null : true;
    }

    private static Boolean equal(Object left, Object right, boolean nullSafe) {
        if (left == null || right == null) {
            return nullSafe ? (Boolean) (left == null && right == null) : null;
        }
        return left.equals(right);
    }

    private static void addLeft(
            JoinKind kind,
            List<Object> left,
            List<List<Object>> right,
            List<Boolean> truths,
            boolean[] matched,
            int rightWidth,
            List<List<Object>> out) {
        boolean any = truths.contains(true);
        if (kind == JoinKind.LEFT_SEMI || kind == JoinKind.LEFT_ANTI) {
            if (any == (kind == JoinKind.LEFT_SEMI)) {
                out.add(left);
            }
            return;
        }
        if (kind == JoinKind.LEFT_MARK) {
            Boolean unmatched = truths.contains(null) ? null : Boolean.FALSE;
            Boolean mark = any ? Boolean.TRUE : unmatched;
            out.add(concatenated(left, Collections.singletonList(mark)));
            return;
        }
        for (int i = 0; i < right.size(); i++) {
            if (Boolean.TRUE.equals(truths.get(i))) {
                matched[i] = true;
                out.add(concatenated(left, right.get(i)));
            }
        }
        if (!any && kind.keepsUnmatchedLeft()) {
            out.add(concatenated(left, Arrays.asList(new Object[rightWidth])));
        }
    }

    private static void addUnmatched(
            JoinKind kind,
            List<List<Object>> right,
            boolean[] matched,
            int leftWidth,
            List<List<Object>> out) {
        for (int i = 0; kind.keepsUnmatchedRight() && i < right.size(); i++) {
            if (!matched[i]) {
                out.add(concatenated(Arrays.asList(new Object[leftWidth]), right.get(i)));
            }
        }
    }

    private static List<Object> concatenated(List<?> left, List<?> right) {
        List<Object> row = new ArrayList<>(left);
        row.addAll(right);
        return row;
    }
}
