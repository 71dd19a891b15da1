package org.skep.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.base.concurrent.CancelFlag;
import org.skep.functions.api.EvalContext;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.plan.expression.Expression;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** Compares random expressions over vectors of all encodings with a walk of the tree a row. */
final class ExpressionTest {
    private static final FunctionCatalogue FUNCTIONS = BuiltInFunctions.catalogue();
    private static final DataType DECIMAL = new DecimalType(12, 2);
    private static final List<DataType> COLUMNS =
            List.of(
                    DataType.BOOLEAN,
                    DataType.BOOLEAN,
                    DataType.INT,
                    DataType.INT,
                    DataType.STRING,
                    DECIMAL);

    /** A context that knows nothing of note. */
    private static final class PlainContext implements EvalContext {
        private final CancelFlag flag = new CancelFlag();

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Instant queryInstant() {
            return Instant.EPOCH;
        }

        @Override
        public String user() {
            return "tester";
        }

        @Override
        public String database() {
            return "default";
        }

        @Override
        public String setting(String name) {
            return null;
        }

        @Override
        public CancelFlag cancelFlag() {
            return flag;
        }

        @Override
        public void damage(Damage kind, long count) {
            // nobody counts
        }
    }

    private static Object randomValue(DataType type, Random random) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case STRING -> "t" + random.nextInt(4);
            case DECIMAL -> BigDecimal.valueOf(random.nextInt(6) - 3, 2);
            default -> (long) random.nextInt(6) - 3;
        };
    }

    private static Datum randomDatum(DataType type, Random random) {
        return new Datum(type, randomValue(type, random));
    }

    /** A random expression of a type. */
    private static Expression random(DataType type, int depth, Random random) {
        int choice = depth == 0 ? random.nextInt(2) : random.nextInt(7);
        if (choice == 0) {
            List<Integer> fitting = new ArrayList<>();
            for (int i = 0; i < COLUMNS.size(); i++) {
                if (COLUMNS.get(i).equals(type)) {
                    fitting.add(i);
                }
            }
            return new Expression.InputColumn(fitting.get(random.nextInt(fitting.size())), type);
        }
        if (choice == 1) {
            return new Expression.Literal(randomDatum(type, random));
        }
        if (choice == 2) {
            return new Expression.Coalesce(many(type, depth, random), type);
        }
        if (choice == 3) {
            return new Expression.Case(
                    many(DataType.BOOLEAN, depth, random).subList(0, 2),
                    many(type, depth, random).subList(0, 2),
                    random(type, depth - 1, random));
        }
        if (type.equals(DataType.INT)) {
            return new Expression.Call(
                    "+",
                    List.of(random(type, depth - 1, random), random(type, depth - 1, random)),
                    type);
        }
        if (!type.equals(DataType.BOOLEAN)) {
            return random(type, 0, random);
        }
        return randomCondition(choice, depth, random);
    }

    private static Expression randomCondition(int choice, int depth, Random random) {
        DataType operand = COLUMNS.get(2 + random.nextInt(4));
        if (choice == 4) {
            String[] operators = {"=", "<", "<=", ">", ">=", "<>"};
            Expression left = random(operand, random.nextInt(depth), random);
            Expression right = random(operand, random.nextInt(depth), random);
            return new Expression.Call(
                    operators[random.nextInt(6)], List.of(left, right), DataType.BOOLEAN);
        }
        if (choice == 5) {
            List<Datum> items = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                items.add(randomDatum(operand, random));
            }
            return new Expression.InList(random(operand, depth - 1, random), items);
        }
        return switch (random.nextInt(4)) {
            case 0 -> new Expression.And(many(DataType.BOOLEAN, depth, random));
            case 1 -> new Expression.Or(many(DataType.BOOLEAN, depth, random));
            case 2 ->
                    new Expression.Call(
                            "isnull",
                            List.of(random(operand, depth - 1, random)),
                            DataType.BOOLEAN);
            default ->
                    new Expression.Call(
                            "not",
                            List.of(random(DataType.BOOLEAN, depth - 1, random)),
                            DataType.BOOLEAN);
        };
    }

    private static List<Expression> many(DataType type, int depth, Random random) {
        List<Expression> operands = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            operands.add(random(type, depth - 1, random));
        }
        return operands;
    }

    /** The value of an expression for one row. */
    private static Object value(Expression expression, List<Object> row) {
        if (expression instanceof Expression.InputColumn column) {
            return row.get(column.index());
        }
        if (expression instanceof Expression.Literal literal) {
            return literal.value().value();
        }
        if (expression instanceof Expression.And and) {
            return logic(and.operands(), row, false);
        }
        if (expression instanceof Expression.Or or) {
            return logic(or.operands(), row, true);
        }
        if (expression instanceof Expression.Coalesce coalesce) {
            return coalesce.operands().stream()
                    .map(operand -> value(operand, row))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (expression instanceof Expression.Case choice) {
            for (int i = 0; i < choice.conditions().size(); i++) {
                if (Boolean.TRUE.equals(value(choice.conditions().get(i), row))) {
                    return value(choice.results().get(i), row);
                }
            }
            return value(choice.otherwise(), row);
        }
        if (expression instanceof Expression.InList list) {
            Object value = value(list.value(), row);
            boolean found =
                    value != null
                            && list.items().stream().anyMatch(item -> value.equals(item.value()));
            boolean unknown = value == null || list.items().stream().anyMatch(Datum::isNull);
            return found ? Boolean.TRUE : unknown ? null : Boolean.FALSE;
        }
        return call((Expression.Call) expression, row);
    }

    private static Object logic(List<Expression> operands, List<Object> row, boolean deciding) {
        boolean unknown = false;
        for (Expression operand : operands) {
            Object value = value(operand, row);
            if (value == null) {
                unknown = true;
            } else if (value.equals(deciding)) {
                return deciding;
            }
        }
        return unknown ? null : !deciding;
    }

    @SuppressWarnings("unchecked")
    private static Object call(Expression.Call call, List<Object> row) {
        Object left = value(call.operands().get(0), row);
        if (call.function().equals("isnull")) {
            return left == null;
        }
        if (call.function().equals("not")) {
            return left == null ? null : !((Boolean) left);
        }
        Object right = value(call.operands().get(1), row);
        if (left == null || right == null) {
            return null;
        }
        if (call.function().equals("+")) {
            return (Long) left + (Long) right;
        }
        int order = ((Comparable<Object>) left).compareTo(right);
        return switch (call.function()) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static ColumnVector vector(
            DataType type, List<Object> values, int encoding, Random random) {
        if (encoding == 1) {
            ColumnVector distinct = ColumnVector.create(type, values.size() + 1);
            int[] ids = new int[values.size()];
            List<Object> seen = new ArrayList<>();
            boolean ownNull = random.nextBoolean();
            for (int i = 0; i < ids.length; i++) {
                Object value = values.get(i);
                if (value == null && !ownNull) {
                    ids[i] = -1;
                    continue;
                }
                ids[i] = seen.indexOf(value);
                if (ids[i] < 0) {
                    ids[i] = seen.size();
                    DatumVector.write(distinct, seen.size(), value);
                    seen.add(value);
                }
            }
            return new DictionaryVector(distinct, seen.size(), ids, !ownNull);
        }
        ColumnVector flat = ColumnVector.create(type, encoding == 2 ? 1 : values.size());
        for (int i = 0; i < (encoding == 2 ? 1 : values.size()); i++) {
            DatumVector.write(flat, i, values.get(i));
        }
        return encoding == 2 ? new ConstantVector(flat) : flat;
    }

    @Test
    void evaluatesAsAWalkOfTheTreeDoes() {
        for (int run = 0; run < 1_500; run++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<Expression> expressions = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                DataType type = COLUMNS.get(random.nextInt(COLUMNS.size()));
                expressions.add(random(type, 3, random));
            }
            Expression shared = random(DataType.INT, 2, random);
            expressions.add(shared);
            expressions.add(new Expression.Call("+", List.of(shared, shared), DataType.INT));
            Expression condition = random(DataType.BOOLEAN, 3, random);
            ExpressionCompiler compiler = new ExpressionCompiler(FUNCTIONS, new PlainContext());
            ProjectionEvaluator projection = compiler.projection(expressions);
            PredicateEvaluator predicate = compiler.predicate(condition);
            for (int batch = 0; batch < 3; batch++) {
                check(expressions, condition, projection, predicate, random, seed);
            }
        }
    }

    private static void check(
            List<Expression> expressions,
            Expression condition,
            ProjectionEvaluator projection,
            PredicateEvaluator predicate,
            Random random,
            long seed) {
        int count = 1 + random.nextInt(12);
        ColumnVector[] columns = new ColumnVector[COLUMNS.size()];
        List<List<Object>> values = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            int encoding = random.nextInt(3);
            List<Object> column = new ArrayList<>();
            for (int row = 0; row < count; row++) {
                column.add(
                        encoding == 2 && row > 0
                                ? column.get(0)
                                : randomValue(COLUMNS.get(i), random));
            }
            values.add(column);
            columns[i] = vector(COLUMNS.get(i), column, encoding, random);
        }
        boolean[] chosen = new boolean[count];
        for (int row = 0; row < count; row++) {
            chosen[row] = random.nextInt(4) > 0;
        }
        Selection selection = Selection.all(count).where(chosen, true);
        ColumnVector[] results = projection.evaluate(columns, selection);
        Selection passed = predicate.select(columns, selection);
        List<Integer> expectedRows = new ArrayList<>();
        for (int k = 0; k < selection.count(); k++) {
            int position = selection.position(k);
            List<Object> row = new ArrayList<>();
            values.forEach(column -> row.add(column.get(position)));
            for (int i = 0; i < results.length; i++) {
                assertThat(DatumVector.read(results[i], position).value())
                        .as("seed %d: %s over %s", seed, expressions.get(i), row)
                        .isEqualTo(value(expressions.get(i), row));
            }
            if (Boolean.TRUE.equals(value(condition, row))) {
                expectedRows.add(position);
            }
        }
        List<Integer> passedRows = new ArrayList<>();
        for (int k = 0; k < passed.count(); k++) {
            passedRows.add(passed.position(k));
        }
        assertThat(passedRows).as("seed %d: %s", seed, condition).isEqualTo(expectedRows);
    }
}
