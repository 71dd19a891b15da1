package org.skep.functions.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.functions.sql.FixedContext;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.NanoTime;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.Selection;

class ComparisonPredicateTest {
    private static final int ROWS = 50;
    private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");

    /** Values of a type in ascending order, two in a row equal where that is marked by a repeat. */
    private static List<Object> ascending(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> List.of(false, true);
            case DOUBLE ->
                    List.of(
                            Double.NEGATIVE_INFINITY,
                            -1e300,
                            -0.5,
                            0.0,
                            1e-300,
                            Double.POSITIVE_INFINITY,
                            Double.NaN);
            case DECIMAL ->
                    List.of(
                            new BigDecimal("-9999999999999999999999999999.99"),
                            new BigDecimal("-1.00"),
                            new BigDecimal("0.00"),
                            new BigDecimal("92233720368547758.08"),
                            new BigDecimal("184467440737095516.16"));
            case STRING -> List.of("", "A", "a", "a ", "ab", "é", "\ud83d\udc1d");
            case TIMESTAMP ->
                    List.of(
                            new NanoTime(Long.MIN_VALUE, (short) 0),
                            new NanoTime(-1, (short) 999),
                            new NanoTime(0, (short) 0),
                            new NanoTime(0, (short) 1),
                            new NanoTime(5, (short) 0));
            default -> List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, 1L, Long.MAX_VALUE);
        };
    }

    private static final List<DataType> TYPES =
            List.of(
                    DataType.BIGINT,
                    DataType.BOOLEAN,
                    DataType.DOUBLE,
                    new DecimalType(38, 2),
                    DataType.STRING,
                    DataType.TIMESTAMP,
                    DataType.parse("array<bigint>"));

    private static Object value(DataType type, int rank) {
        if (type.kind().isNested()) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < rank; i++) {
                items.add(i == 0 ? null : (Object) 7L);
            }
            return items;
        }
        List<Object> values = ascending(type);
        return values.get(Math.min(rank, values.size() - 1));
    }

    private static int ranks(DataType type) {
        return type.kind().isNested() ? 4 : ascending(type).size();
    }

    @Test
    void predicatesAndKernelsAgreeWithTheOrderOfValues() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            for (DataType type : TYPES) {
                for (String operator : OPERATORS) {
                    check(operator, type, random, seed);
                }
            }
        }
    }

    private static void check(String operator, DataType type, Random random, long seed) {
        int[] leftRanks = new int[ROWS];
        int[] rightRanks = new int[ROWS];
        ColumnVector left = fill(type, leftRanks, random);
        ColumnVector right = fill(type, rightRanks, random);
        boolean constantLeft = random.nextInt(3) == 0;
        boolean constantRight = random.nextInt(3) == 0;
        ColumnVector[] arguments = {
            constantLeft ? new ConstantVector(left) : left,
            constantRight ? new ConstantVector(right) : right
        };
        Selection all = random.nextBoolean() ? Selection.all(ROWS) : odd();
        List<Integer> expected = new ArrayList<>();
        List<Integer> known = new ArrayList<>();
        for (int k = 0; k < all.count(); k++) {
            int i = all.position(k);
            int a = leftRanks[constantLeft ? 0 : i];
            int b = rightRanks[constantRight ? 0 : i];
            if (a >= 0 && b >= 0) {
                known.add(i);
                if (holds(operator, Integer.compare(a, b))) {
                    expected.add(i);
                }
            }
        }
        PredicateKernel predicate = Comparisons.predicate(operator, List.of(type, type));
        assertThat(rows(predicate.select(arguments, all)))
                .as("%s on %s, seed %d", operator, type, seed)
                .isEqualTo(expected);
        BooleanVector out = new BooleanVector(ROWS);
        int[] positions = known.stream().mapToInt(Integer::intValue).toArray();
        Selection rows =
                positions.length == ROWS
                        ? Selection.all(ROWS)
                        : Selection.of(positions, positions.length);
        ScalarFunction function = BuiltInFunctions.catalogue().scalar(operator).orElseThrow();
        function.kernel(List.of(type, type), DataType.BOOLEAN)
                .evaluate(arguments, rows, out, new FixedContext());
        assertThat(rows(rows.where(out.values(), true)))
                .as("%s on %s into booleans, seed %d", operator, type, seed)
                .isEqualTo(expected);
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static ColumnVector fill(DataType type, int[] ranks, Random random) {
        boolean nulls = random.nextBoolean();
        ColumnVector vector = ColumnVector.create(type, ROWS);
        int ranksOfType = ranks(type);
        for (int i = 0; i < ROWS; i++) {
            if (nulls && random.nextInt(4) == 0) {
                ranks[i] = -1;
                vector.setNull(i);
            } else {
                ranks[i] = random.nextInt(ranksOfType);
                DatumVector.write(vector, i, value(type, ranks[i]));
            }
        }
        return vector;
    }

    private static Selection odd() {
        int[] positions = new int[ROWS / 2];
        for (int k = 0; k < positions.length; k++) {
            positions[k] = 2 * k + 1;
        }
        return Selection.of(positions, positions.length);
    }

    private static List<Integer> rows(Selection selection) {
        List<Integer> rows = new ArrayList<>();
        for (int k = 0; k < selection.count(); k++) {
            rows.add(selection.position(k));
        }
        return rows;
    }

    @Test
    void zerosAreEqualWhateverTheirSign() {
        ColumnVector zero = DatumVector.constant(Datum.ofDouble(0.0));
        ColumnVector minus = DatumVector.constant(Datum.ofDouble(-0.0));
        PredicateKernel equal =
                Comparisons.predicate("=", List.of(DataType.DOUBLE, DataType.DOUBLE));
        Selection kept = equal.select(new ColumnVector[] {zero, minus}, Selection.all(3));
        assertThat(kept.count()).isEqualTo(3);
    }

    @Test
    void nullTestsSelectRows() {
        ColumnVector vector = ColumnVector.create(DataType.INT, 4);
        vector.setNull(2);
        ColumnVector[] arguments = {vector};
        List<DataType> types = List.of(DataType.INT);
        assertThat(rows(Comparisons.predicate("isnull", types).select(arguments, Selection.all(4))))
                .containsExactly(2);
        assertThat(
                        rows(
                                Comparisons.predicate("isnotnull", types)
                                        .select(arguments, Selection.all(4))))
                .containsExactly(0, 1, 3);
        assertThat(Comparisons.predicate("+", types)).isNull();
    }
}
