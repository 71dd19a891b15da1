package org.skep.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.EvalContext;
import org.skep.functions.call.RandomData;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.NanoTime;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

class AggregateFunctionsTest {
    private static final DataType SMALL_DECIMAL = new DecimalType(12, 2);
    private static final DataType WIDE_DECIMAL = new DecimalType(30, 5);

    // the expected result of one group from its rows, each a list of argument values
    private interface Model extends Function<List<List<Object>>, Object> {}

    @Test
    void countsRowsWithoutNulls() {
        check("count", rows -> (long) rows.size());
        check("count", AggregateFunctionsTest::countModel, DataType.INT);
        check("count", AggregateFunctionsTest::countModel, DataType.STRING, DataType.DOUBLE);
    }

    private static Object countModel(List<List<Object>> rows) {
        return rows.stream().filter(row -> row.stream().allMatch(Objects::nonNull)).count();
    }

    @Test
    void sums() {
        Model longs = onValues(values -> values.stream().mapToLong(v -> (Long) v).sum());
        check("sum", longs, DataType.TINYINT);
        check("sum", longs, DataType.INT);
        check("sum", longs, DataType.BIGINT);
        Model doubles =
                onValues(
                        values -> {
                            double sum = 0;
                            for (Object value : values) {
                                sum += (Double) value;
                            }
                            return sum;
                        });
        check("sum", doubles, DataType.DOUBLE);
        check("sum", doubles, DataType.FLOAT);
        for (DataType type : List.of(SMALL_DECIMAL, WIDE_DECIMAL)) {
            check("sum", onValues(AggregateFunctionsTest::decimalSum), type);
        }
    }

    private static BigDecimal decimalSum(List<Object> values) {
        return values.stream().map(v -> (BigDecimal) v).reduce(BigDecimal::add).orElseThrow();
    }

    @Test
    void averages() {
        Model model =
                onValues(
                        values -> {
                            double sum = 0;
                            for (Object value : values) {
                                sum += ((Number) value).doubleValue();
                            }
                            return sum / values.size();
                        });
        check("avg", model, DataType.INT);
        check("avg", model, DataType.DOUBLE);
        for (DataType type : List.of(SMALL_DECIMAL, WIDE_DECIMAL)) {
            int scale = ((DecimalType) type).scale() + 4;
            check(
                    "avg",
                    onValues(
                            values ->
                                    decimalSum(values)
                                            .divide(
                                                    BigDecimal.valueOf(values.size()),
                                                    scale,
                                                    RoundingMode.HALF_UP)),
                    type);
        }
    }

    @Test
    void findsExtremes() {
        for (DataType type :
                List.of(
                        DataType.BOOLEAN,
                        DataType.INT,
                        DataType.BIGINT,
                        DataType.DOUBLE,
                        DataType.DATE,
                        DataType.TIMESTAMP,
                        DataType.STRING,
                        DataType.BINARY,
                        SMALL_DECIMAL,
                        WIDE_DECIMAL)) {
            Comparator<Object> order = AggregateFunctionsTest::compareValues;
            check("min", onValues(values -> values.stream().min(order).orElseThrow()), type);
            check("max", onValues(values -> values.stream().max(order).orElseThrow()), type);
        }
    }

    @Test
    void computesVariances() {
        check("variance", onDoubles(v -> squares(v, v) / v.length), DataType.DOUBLE);
        check("var_pop", onDoubles(v -> squares(v, v) / v.length), DataType.FLOAT);
        check("stddev", onDoubles(v -> Math.sqrt(squares(v, v) / v.length)), DataType.DOUBLE);
        Model sample = onDoubles(v -> v.length < 2 ? Double.NaN : squares(v, v) / (v.length - 1));
        check("var_samp", sample, DataType.DOUBLE);
        Model deviation =
                onDoubles(
                        v -> v.length < 2 ? Double.NaN : Math.sqrt(squares(v, v) / (v.length - 1)));
        check("stddev_samp", deviation, DataType.DOUBLE);
    }

    private static Model onDoubles(ToDoubleFunction<double[]> model) {
        return onValues(
                values -> {
                    double[] doubles = values.stream().mapToDouble(v -> (Double) v).toArray();
                    double result = model.applyAsDouble(doubles);
                    return Double.isNaN(result) ? null : (Object) result;
                });
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    // the sum of products of the distances of both from their means
    private static double squares(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (left[i] - mean(left)) * (right[i] - mean(right));
        }
        return sum;
    }

    private interface PairModel {
        double of(double[] y, double[] x);
    }

    private static void checkPairs(String name, int least, PairModel model) {
        Model rows =
                all -> {
                    List<List<Object>> pairs =
                            all.stream()
                                    .filter(row -> row.stream().allMatch(Objects::nonNull))
                                    .toList();
                    double[] y = pairs.stream().mapToDouble(row -> (Double) row.get(0)).toArray();
                    double[] x = pairs.stream().mapToDouble(row -> (Double) row.get(1)).toArray();
                    return y.length < least ? null : (Object) model.of(y, x);
                };
        check(name, rows, DataType.DOUBLE, DataType.DOUBLE);
    }

    @Test
    void computesCovarianceAndRegression() {
        checkPairs("covar_pop", 1, (y, x) -> squares(y, x) / y.length);
        checkPairs("covar_samp", 2, (y, x) -> squares(y, x) / (y.length - 1));
        PairModel correlation = (y, x) -> squares(y, x) / Math.sqrt(squares(x, x) * squares(y, y));
        checkPairs("corr", 2, correlation);
        checkPairs("regr_r2", 2, (y, x) -> Math.pow(correlation.of(y, x), 2));
        checkPairs("regr_slope", 2, (y, x) -> squares(y, x) / squares(x, x));
        checkPairs(
                "regr_intercept", 2, (y, x) -> mean(y) - squares(y, x) / squares(x, x) * mean(x));
        checkPairs("regr_avgx", 1, (y, x) -> mean(x));
        checkPairs("regr_avgy", 1, (y, x) -> mean(y));
        checkPairs("regr_sxx", 1, (y, x) -> squares(x, x));
        checkPairs("regr_syy", 1, (y, x) -> squares(y, y));
        checkPairs("regr_sxy", 1, (y, x) -> squares(y, x));
        check("regr_count", AggregateFunctionsTest::countModel, DataType.DOUBLE, DataType.DOUBLE);
    }

    @Test
    void collects() {
        Model list = rows -> rows.stream().map(row -> row.get(0)).filter(Objects::nonNull).toList();
        Model set =
                rows ->
                        rows.stream()
                                .map(row -> row.get(0))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList();
        for (DataType type :
                List.of(
                        DataType.INT,
                        DataType.STRING,
                        DataType.BOOLEAN,
                        SMALL_DECIMAL,
                        DataType.parse("array<int>"),
                        DataType.parse("struct<a:tinyint,b:string>"))) {
            check("collect_list", list, type);
            check("collect_set", set, type);
        }
    }

    @Test
    void findsPercentiles() {
        checkPercentile("percentile", DataType.BIGINT, 0.3, true);
        checkPercentile("percentile_cont", DataType.DOUBLE, 0.5, true);
        checkPercentile("percentile_disc", DataType.DOUBLE, 0.9, false);
    }

    private static void checkPercentile(
            String name, DataType type, double fraction, boolean interpolates) {
        Model model =
                onValues(
                        values -> {
                            double[] sorted =
                                    values.stream()
                                            .mapToDouble(v -> ((Number) v).doubleValue())
                                            .sorted()
                                            .toArray();
                            double position = fraction * (sorted.length - 1);
                            int lower = (int) position;
                            double low = sorted[lower];
                            double high = sorted[Math.min(lower + 1, sorted.length - 1)];
                            return interpolates ? low + (high - low) * (position - lower) : low;
                        });
        check(name, model, fraction, type, DataType.DOUBLE);
    }

    @Test
    void findsSeveralPercentilesAtOnce() {
        DataType fractions = DataType.parse("array<double>");
        AggregateRun run = new AggregateRun("percentile", DataType.BIGINT, fractions);
        List<Object> values = List.of(5L, 1L, 3L);
        List<Object> wanted = List.of(List.of(0.0, 0.5, 1.0, 0.25), List.of(), List.of());
        assertThat(run.ungrouped(List.of(values, wanted), 3))
                .isEqualTo(List.of(1.0, 3.0, 5.0, 2.0));
        assertThatThrownBy(() -> run.ungrouped(List.of(List.of(1L), List.of(List.of(1.5))), 1))
                .isInstanceOf(SkepException.class)
                .hasMessage("Percentile must be between 0 and 1: 1.5");
    }

    @Test
    void approximatesPercentilesWithinTheBins() {
        RandomData data = new RandomData("percentile_approx", System.nanoTime());
        AggregateRun run =
                new AggregateRun(
                        "percentile_approx", DataType.DOUBLE, DataType.DOUBLE, DataType.INT);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            values.add((double) data.random().nextInt(100_000));
        }
        List<Object> halves = Collections.nCopies(5000, 0.5);
        List<Object> bins = Collections.nCopies(5000, 100L);
        List<List<Object>> columns = List.of(values, halves, bins);
        assertThat((Double) run.ungrouped(columns, 5000)).isBetween(45_000.0, 55_000.0);
        Object merged = run.merged(columns, new int[5000], 1, data.random()).get(0);
        assertThat((Double) merged).isBetween(45_000.0, 55_000.0);
        assertThat(run.ungrouped(List.of(List.of(), List.of(), List.of()), 0)).isNull();
    }

    @Test
    void makesHistograms() {
        AggregateRun run = new AggregateRun("histogram_numeric", DataType.DOUBLE, DataType.INT);
        List<Object> values = List.of(1.0, 10.0, 2.0, 1.0);
        List<Object> bins = List.of(2L, 2L, 2L, 2L);
        Object expected =
                List.of(List.of(1.0 * (2.0 / 3) + 2.0 * (1.0 / 3), 3.0), List.of(10.0, 1.0));
        assertThat(run.binding.returnType().typeName())
                .isEqualTo("array<struct<x:double,y:double>>");
        assertThat(run.dense(List.of(values, bins), new int[4], 1).get(0).toString())
                .startsWith("[[1.");
        assertThat(
                        new AggregateRun("histogram_numeric", DataType.DOUBLE, DataType.INT)
                                .ungrouped(List.of(List.of(1.0, 1.0, 2.0, 10.0), bins), 4))
                .isEqualTo(expected);
    }

    @SuppressWarnings("unchecked")
    private static int compareValues(Object left, Object right) {
        if (left instanceof String a) {
            return Arrays.compareUnsigned(
                    a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    ((String) right).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        if (left instanceof Datum.Bytes a) {
            return a.latin1().compareTo(((Datum.Bytes) right).latin1());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    @Test
    void comparesNanosecondsBelowEqualMicroseconds() {
        AggregateRun run = new AggregateRun("max", DataType.TIMESTAMP);
        List<Object> times = List.of(time(5, 1), time(5, 7), time(4, 999), time(5, 0));
        assertThat(run.ungrouped(List.of(times), 4)).isEqualTo(time(5, 7));
        run = new AggregateRun("min", DataType.TIMESTAMP);
        AggregateRun.Task task = run.new Task(1);
        ColumnVector vector = RandomData.vector(DataType.TIMESTAMP, times);
        task.update(new ColumnVector[] {vector}, Selection.of(new int[] {1, 2}, 2), new int[2]);
        ColumnVector whole = RandomData.vector(DataType.TIMESTAMP, List.of(time(4, 0)));
        task.update(new ColumnVector[] {whole}, Selection.all(1), new int[1]);
        assertThat(task.finish()).containsExactly(time(4, 0));
    }

    private static NanoTime time(long micros, int nanos) {
        return new NanoTime(micros, (short) nanos);
    }

    @Test
    void ordersNanAboveAllDoubles() {
        List<Object> values = List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(new AggregateRun("max", DataType.DOUBLE).ungrouped(List.of(values), 3))
                .isEqualTo(Double.NaN);
        assertThat(new AggregateRun("min", DataType.DOUBLE).ungrouped(List.of(values), 3))
                .isEqualTo(1.0);
    }

    @Test
    void wrapsIntegerSumsAndReportsIt() {
        AggregateRun run = new AggregateRun("sum", DataType.BIGINT);
        List<Object> values = List.of(Long.MAX_VALUE, 1L);
        assertThat(run.ungrouped(List.of(values), 2)).isEqualTo(Long.MIN_VALUE);
        assertThat(run.dense(List.of(values), new int[2], 1)).containsExactly(Long.MIN_VALUE);
        assertThat(run.context.damageOf(EvalContext.Damage.WRAPPED)).isEqualTo(2);
    }

    @Test
    void sumsDecimalsBeyondALong() {
        DataType type = new DecimalType(18, 0);
        BigDecimal most = new BigDecimal("999999999999999999");
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            values.add(i < 40 ? most : most.negate());
        }
        AggregateRun run = new AggregateRun("sum", type);
        BigDecimal expected = most.multiply(BigDecimal.valueOf(30));
        assertThat(run.ungrouped(List.of(values), 50)).isEqualTo(expected);
        assertThat(run.dense(List.of(values), new int[50], 1)).containsExactly(expected);
        assertThat(run.context.damageOf(EvalContext.Damage.TURNED_NULL)).isZero();
    }

    @Test
    void sumBeyondThirtyEightDigitsIsNull() {
        DataType type = new DecimalType(38, 0);
        BigDecimal most = new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
        AggregateRun run = new AggregateRun("sum", type);
        assertThat(run.ungrouped(List.of(List.of(most, most)), 2)).isNull();
        assertThat(run.ungrouped(List.of(List.of(most, most, most.negate())), 3)).isNull();
        assertThat(run.ungrouped(List.of(List.of(most, most.negate(), most)), 3)).isEqualTo(most);
        assertThat(run.context.damageOf(EvalContext.Damage.TURNED_NULL)).isEqualTo(2);
        List<Object> both = List.of(most, most);
        assertThat(run.merged(List.of(both), new int[2], 1, new java.util.Random(3)))
                .containsExactly((Object) null);
    }

    @Test
    void typesResultsAsHive() {
        assertThat(type("sum", DataType.INT)).isEqualTo("bigint");
        assertThat(type("sum", new DecimalType(2, 1))).isEqualTo("decimal(12,1)");
        assertThat(type("sum", DataType.STRING)).isEqualTo("double");
        assertThat(type("avg", DataType.INT)).isEqualTo("double");
        assertThat(type("avg", new DecimalType(2, 1))).isEqualTo("decimal(6,5)");
        assertThat(type("avg", new DecimalType(38, 18))).isEqualTo("decimal(38,22)");
        assertThat(type("count")).isEqualTo("bigint");
        assertThat(type("max", DataType.DATE)).isEqualTo("date");
        assertThatThrownBy(() -> type("sum", DataType.BOOLEAN))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_ARGUMENT_TYPE))
                .hasMessage("Argument 1 of function sum must be a number or string: boolean");
        assertThatThrownBy(() -> type("sum")).hasMessage("Function sum must have 1 arguments: 0");
        assertThatThrownBy(() -> type("max", DataType.parse("map<int,int>")))
                .isInstanceOf(SkepException.class);
    }

    private static String type(String name, DataType... types) {
        return new AggregateRun(name, types).binding.returnType().typeName();
    }

    private static Model onValues(Function<List<Object>, Object> model) {
        return rows -> {
            List<Object> values = new ArrayList<>();
            for (List<Object> row : rows) {
                if (row.get(0) != null) {
                    values.add(row.get(0));
                }
            }
            return values.isEmpty() ? null : model.apply(values);
        };
    }

    private static void check(String name, Model model, DataType... types) {
        check(name, model, null, types);
    }

    // last, if not null, is the value of the last argument in all rows
    private static void check(String name, Model model, Object last, DataType... types) {
        RandomData data = new RandomData(name + Arrays.toString(types), System.nanoTime());
        for (int round = 0; round < 30; round++) {
            int rows = data.random().nextInt(40);
            int groupCount = 1 + data.random().nextInt(5);
            double nullShare = round % 3 == 0 ? 0 : 0.3;
            List<List<Object>> columns = new ArrayList<>();
            for (DataType type : types) {
                columns.add(data.values(type, rows, nullShare));
            }
            if (last != null) {
                columns.set(types.length - 1, Collections.nCopies(rows, last));
            }
            int[] groups = data.random().ints(rows, 0, groupCount).toArray();
            AggregateRun run = new AggregateRun(name, types);
            List<Object> expected = new ArrayList<>();
            for (int group = 0; group < groupCount; group++) {
                expected.add(model.apply(rowsOf(columns, groups, group)));
            }
            Object overall = model.apply(rowsOf(columns, new int[rows], 0));
            assertSame(run.dense(columns, groups, groupCount), expected);
            assertSame(Arrays.asList(run.ungrouped(columns, rows)), Arrays.asList(overall));
            assertSame(run.sparse(columns, groups, groupCount, data.random()), expected);
            assertSame(run.constant(columns, groups, groupCount), expected);
            assertSame(run.merged(columns, groups, groupCount, data.random()), expected);
        }
    }

    // doubles may differ in the last bits, since merging changes the order of additions
    private static void assertSame(List<Object> actual, List<Object> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            if (expected.get(i) instanceof Double number && actual.get(i) instanceof Double other) {
                assertThat(Math.abs(other - number))
                        .isLessThanOrEqualTo(1e-9 * Math.max(1, Math.abs(number)));
            } else {
                assertThat(actual.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    private static List<List<Object>> rowsOf(List<List<Object>> columns, int[] groups, int group) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < groups.length; row++) {
            if (groups[row] == group) {
                List<Object> values = new ArrayList<>();
                for (List<Object> column : columns) {
                    values.add(column.get(row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    @Test
    void wantsNullFieldsLast() {
        DataType type = DataType.parse("struct<a:int,b:array<int>>");
        List<Object> structs =
                Arrays.asList(
                        Arrays.asList(null, List.of(1L)),
                        List.of(-2L, List.of(3L)),
                        Arrays.asList(-2L, null),
                        null,
                        Arrays.asList(-2L, Arrays.asList(3L, null)),
                        Arrays.asList(-2L, Arrays.asList((Object) null)));
        assertThat(new AggregateRun("min", type).ungrouped(List.of(structs), 6))
                .isEqualTo(List.of(-2L, List.of(3L)));
        assertThat(new AggregateRun("max", type).ungrouped(List.of(structs), 6))
                .isEqualTo(Arrays.asList(-2L, Arrays.asList(3L, null)));
    }

    @Test
    void sumsTimesAsSeconds() {
        List<Object> times = Arrays.asList(time(1_500_000, 0), null, time(-500_000, 500));
        AggregateRun run = new AggregateRun("sum", DataType.TIMESTAMP);
        assertThat(run.binding.returnType()).isEqualTo(DataType.DOUBLE);
        assertThat(run.ungrouped(List.of(times), 3)).isEqualTo(1.0000005);
        assertThat(new AggregateRun("avg", DataType.TIMESTAMP).ungrouped(List.of(times), 3))
                .isEqualTo(0.50000025);
    }

    @Test
    void sumsTextsThatAreNumbers() {
        List<Object> texts = Arrays.asList("1.5", null, "x", "2");
        assertThat(new AggregateRun("sum", DataType.STRING).ungrouped(List.of(texts), 4))
                .isEqualTo(3.5);
        List<Object> others = Arrays.asList("x", "");
        assertThat(new AggregateRun("sum", DataType.STRING).ungrouped(List.of(others), 2))
                .isEqualTo(0.0);
        List<Object> none = Arrays.asList(null, null);
        assertThat(new AggregateRun("sum", DataType.STRING).ungrouped(List.of(none), 2)).isNull();
    }

    @Test
    void drawsWhichOfEqualGapsIsMerged() {
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < 8; i++) {
            histogram.add(i);
        }
        double values = 0;
        double total = 0;
        for (int bin = 0; bin < histogram.size(); bin++) {
            values += histogram.count(bin);
            total += histogram.count(bin) * histogram.centre(bin);
        }
        assertThat(histogram.size()).isEqualTo(3);
        assertThat(values).isEqualTo(8);
        assertThat(total).isCloseTo(28, org.assertj.core.api.Assertions.within(1e-9));
        Histogram again = new Histogram(3);
        for (int i = 0; i < 8; i++) {
            again.add(i);
        }
        assertThat(again.toArray()).isEqualTo(histogram.toArray());
        assertThat(again.quantile(1)).isEqualTo(histogram.centre(2));
    }
}
