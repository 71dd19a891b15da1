package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.cast.Casts;
import org.skep.functions.coerce.TypeRules;
import org.skep.planner.environment.PlanEnvironment;
import org.skep.planner.rel.DatumOperator;
import org.skep.planner.rel.HiveFunction;
import org.skep.planner.rel.RelTypes;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;

/**
 * Makes typed expressions: inserts the casts that Hive's rules ask for and folds what is constant.
 * Comparisons, AND, OR, NOT, CASE and IS NULL are Calcite's operators, so that its rules understand
 * them; all else is opaque to it. Confined to one thread.
 */
public final class RexFactory {
    private static final String STRICT_TYPES = "hive.strict.checks.type.safety";
    private static final String STRICT_TIMESTAMPS = "hive.strict.timestamp.conversion";

    private final RexBuilder rex;
    private final RelTypes types;
    private final PlanEnvironment environment;
    private final ConstantFolder folder;
    private boolean constantsKnown = true;

    RexFactory(RelOptCluster cluster, RelTypes types, PlanEnvironment environment) {
        rex = cluster.getRexBuilder();
        this.types = types;
        this.environment = environment;
        folder = new ConstantFolder(environment.evaluation());
    }

    /** The type of an expression. */
    public static DataType typeOf(RexNode node) {
        return RelTypes.fromRel(node.getType());
    }

    /** Binds without looking at the values of constants, as Hive does below {@code typeof}. */
    RexNode withoutConstants(Supplier<RexNode> work) {
        boolean before = constantsKnown;
        constantsKnown = false;
        try {
            return work.get();
        } finally {
            constantsKnown = before;
        }
    }

    /** A constant. */
    public RexNode constant(Datum value) {
        if (value.value() instanceof Boolean flag) {
            return rex.makeLiteral(flag);
        }
        return rex.makeCall(types.toRel(value.type()), new DatumOperator(value), List.of());
    }

    // The older setting, if somebody sets it, decides alone.
    private boolean strictTypes() {
        String mode = environment.setting("hive.mapred.mode");
        return (mode == null || mode.isBlank())
                ? environment.isOn(STRICT_TYPES, true)
                : mode.trim().equalsIgnoreCase("strict");
    }

    /** The value of an expression if it is a constant. */
    public static Optional<Datum> constantOf(RexNode node) {
        if (node instanceof RexCall call && call.getOperator() instanceof DatumOperator literal) {
            return Optional.of(literal.value());
        }
        if (node instanceof RexLiteral literal && literal.getType().getSqlTypeName() != null) {
            if (literal.isNull()) {
                return Optional.of(Datum.nullOf(typeOf(node)));
            }
            if (literal.getValue() instanceof Boolean flag) {
                return Optional.of(Datum.ofBoolean(flag));
            }
        }
        return Optional.empty();
    }

    /** A column of the input. */
    public RexNode column(RelDataType row, int index) {
        return rex.makeInputRef(row.getFieldList().get(index).getType(), index);
    }

    /** A column of a known type. */
    public RexNode column(DataType type, int index) {
        return rex.makeInputRef(types.toRel(type), index);
    }

    /** A call of an operator whose type and operands are right already. */
    public RexNode raw(DataType type, SqlOperator operator, List<RexNode> operands) {
        return rex.makeCall(types.toRel(type), operator, operands);
    }

    /** A conversion; none if the type is right already. */
    public RexNode cast(RexNode node, DataType type) {
        DataType from = typeOf(node);
        if (from.equals(type)) {
            return node;
        }
        Casts.check(from, type, environment.isOn(STRICT_TIMESTAMPS, true));
        Optional<Datum> value = constantOf(node);
        if (value.isPresent() && ConstantFolder.canHold(type)) {
            return constant(folder.cast(value.get(), type));
        }
        return raw(
                type,
                new HiveFunction(HiveFunction.CAST + ":" + type.typeName(), true),
                List.of(node));
    }

    /** A call of a function of the catalogue. */
    public RexNode call(String name, List<RexNode> operands) {
        ScalarFunction function =
                environment
                        .functions()
                        .scalar(name)
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.FUNCTION_NOT_FOUND,
                                                "Function not found: " + name));
        Binding binding = binding(function, operands);
        List<RexNode> cast = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            cast.add(cast(operands.get(i), binding.argumentTypes().get(i)));
        }
        if (function.stability() != ScalarFunction.Stability.ROW
                && ConstantFolder.canHold(binding.returnType())) {
            List<Datum> constants = constants(cast);
            if (constants != null) {
                return constant(folder.call(function, constants, binding.returnType()));
            }
        }
        boolean deterministic = function.stability() != ScalarFunction.Stability.ROW;
        return raw(binding.returnType(), new HiveFunction(function.name(), deterministic), cast);
    }

    private Binding binding(ScalarFunction function, List<RexNode> operands) {
        try {
            return function.bind(operands.stream().map(this::argument).toList());
        } catch (SkepException e) {
            if (constantsKnown) {
                throw e;
            }
            // Where a function must have constants, not looking at them is no choice.
            constantsKnown = true;
            try {
                return function.bind(operands.stream().map(this::argument).toList());
            } finally {
                constantsKnown = false;
            }
        }
    }

    private static List<Datum> constants(List<RexNode> nodes) {
        List<Datum> values = new ArrayList<>();
        for (RexNode node : nodes) {
            Optional<Datum> value = constantOf(node);
            if (value.isEmpty()) {
                return null;
            }
            values.add(value.get());
        }
        return values;
    }

    /** An expression as an argument to bind. */
    Argument argument(RexNode node) {
        Optional<Datum> value = constantsKnown ? constantOf(node) : Optional.empty();
        return value.map(Argument::of).orElseGet(() -> Argument.of(typeOf(node)));
    }

    /**
     * A comparison by a symbol of {@code = <> < <= > >= <=>}.
     *
     * @throws SkepException WRONG_ARGUMENTS also if it is unsafe and such are switched off
     */
    public RexNode compare(String symbol, RexNode left, RexNode right) {
        TypeRules.checkSafeComparison(typeOf(left), typeOf(right), strictTypes());
        return compareUnchecked(symbol, left, right);
    }

    /** A comparison as IN, BETWEEN and CASE make it, which Hive lets pass though it be unsafe. */
    public RexNode compareUnchecked(String symbol, RexNode left, RexNode right) {
        RexNode a = towardsColumn(left, right);
        RexNode b = towardsColumn(right, left);
        DataType leftType = typeOf(a);
        DataType rightType = typeOf(b);
        DataType common =
                TypeRules.comparisonType(leftType, rightType)
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.WRONG_ARGUMENTS,
                                                "Cannot compare %s with %s"
                                                        .formatted(
                                                                leftType.typeName(),
                                                                rightType.typeName())));
        boolean ordered = !symbol.equals("=") && !symbol.equals("<>") && !symbol.equals("<=>");
        if (ordered && common.kind().isNested()) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "Comparison %s does not support %s types".formatted(symbol, common.kind()));
        }
        try {
            a = cast(a, common);
            b = cast(b, common);
        } catch (SkepException e) {
            throw new SkepException(ErrorCode.WRONG_ARGUMENTS, e.getMessage(), e);
        }
        if (constantOf(a).isPresent() && constantOf(b).isPresent()) {
            return call(symbol, List.of(a, b));
        }
        RexNode narrowA = narrow(a, b);
        RexNode narrowB = narrow(b, a);
        if (narrowA != null) {
            b = cast(b, typeOf(narrowA));
            a = narrowA;
        } else if (narrowB != null) {
            a = cast(a, typeOf(narrowB));
            b = narrowB;
        }
        return raw(DataType.BOOLEAN, comparison(symbol), List.of(a, b));
    }

    // A constant beside a column is read as a value of the column's type where that loses nothing.
    private RexNode towardsColumn(RexNode node, RexNode other) {
        Optional<Datum> value = constantOf(node);
        if (value.isEmpty()
                || value.get().isNull()
                || constantOf(other).isPresent()
                || !isColumn(other)) {
            return node;
        }
        Optional<DataType> target = TypeRules.constantTarget(typeOf(other), value.get().type());
        if (target.isEmpty()) {
            return node;
        }
        Datum converted = folder.cast(value.get(), target.get());
        if (converted.isNull()) {
            return node;
        }
        Datum back = folder.cast(converted, value.get().type());
        boolean same =
                typeOf(other).kind() == TypeKind.CHAR
                        ? sameButBlanks(back, value.get())
                        : value.get().type().kind().isCharacter()
                                && sameNumber(converted, value.get());
        return (same || sameValue(back, value.get())) ? constant(converted) : node;
    }

    private static boolean isColumn(RexNode node) {
        return node instanceof RexInputRef || node instanceof org.apache.calcite.rex.RexFieldAccess;
    }

    // Blanks at the end of a CHAR do not count.
    private static boolean sameButBlanks(Datum a, Datum b) {
        return a.value().toString().stripTrailing().equals(b.value().toString().stripTrailing());
    }

    private boolean sameNumber(Datum number, Datum text) {
        Datum a = folder.cast(number, DataType.DOUBLE);
        Datum b = folder.cast(text, DataType.DOUBLE);
        return !a.isNull() && a.equals(b);
    }

    private static boolean sameValue(Datum a, Datum b) {
        if (a.value() instanceof java.math.BigDecimal x
                && b.value() instanceof java.math.BigDecimal y) {
            return x.compareTo(y) == 0;
        }
        return a.equals(b);
    }

    // For cast(x as wider) op constant: x, if the constant fits its type exactly and the cast loses
    // nothing. The
    // comparison then needs no cast a row, and readers can use it.
    private RexNode narrow(RexNode cast, RexNode other) {
        Optional<Datum> value = constantOf(other);
        if (value.isEmpty()
                || value.get().isNull()
                || !(cast instanceof RexCall call)
                || !call.getOperator().getName().startsWith(HiveFunction.CAST + ":")) {
            return null;
        }
        RexNode inner = call.getOperands().get(0);
        DataType innerType = typeOf(inner);
        if (!widens(innerType, typeOf(cast))) {
            return null;
        }
        Datum narrowed = folder.cast(value.get(), innerType);
        if (narrowed.isNull()
                || !sameValue(folder.cast(narrowed, value.get().type()), value.get())) {
            return null;
        }
        return inner;
    }

    private static boolean widens(DataType from, DataType to) {
        TypeKind a = from.kind();
        TypeKind b = to.kind();
        if (a.isInteger() && b.isInteger()) {
            return a.compareTo(b) < 0;
        }
        if (a == TypeKind.DECIMAL && b == TypeKind.DECIMAL) {
            DecimalType x = (DecimalType) from;
            DecimalType y = (DecimalType) to;
            return x.scale() <= y.scale() && x.precision() - x.scale() <= y.precision() - y.scale();
        }
        if (a.isInteger() && b == TypeKind.DECIMAL) {
            DecimalType whole = TypeRules.decimalTypeOf(from);
            DecimalType y = (DecimalType) to;
            return whole.precision() <= y.precision() - y.scale();
        }
        boolean exactInteger = a == TypeKind.TINYINT || a == TypeKind.SMALLINT || a == TypeKind.INT;
        return (exactInteger && b == TypeKind.DOUBLE)
                || (a == TypeKind.VARCHAR && b == TypeKind.STRING);
    }

    private static SqlOperator comparison(String symbol) {
        return switch (symbol) {
            case "=" -> SqlStdOperatorTable.EQUALS;
            case "<>" -> SqlStdOperatorTable.NOT_EQUALS;
            case "<" -> SqlStdOperatorTable.LESS_THAN;
            case "<=" -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case ">" -> SqlStdOperatorTable.GREATER_THAN;
            case ">=" -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            case "<=>" -> SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
            default -> throw new IllegalArgumentException("No comparison: " + symbol);
        };
    }

    /** All are true. */
    public RexNode and(List<RexNode> operands) {
        List<RexNode> kept = new ArrayList<>();
        for (RexNode operand : operands) {
            Optional<Datum> value = constantOf(operand);
            if (value.isPresent() && Boolean.FALSE.equals(value.get().value())) {
                return rex.makeLiteral(false);
            }
            if (value.isEmpty() || value.get().isNull()) {
                kept.add(operand);
            }
        }
        return switch (kept.size()) {
            case 0 -> rex.makeLiteral(true);
            case 1 -> kept.get(0);
            default -> raw(DataType.BOOLEAN, SqlStdOperatorTable.AND, flat(SqlKind.AND, kept));
        };
    }

    private static List<RexNode> flat(SqlKind kind, List<RexNode> operands) {
        List<RexNode> all = new ArrayList<>();
        for (RexNode operand : operands) {
            if (operand.getKind() == kind) {
                all.addAll(((RexCall) operand).getOperands());
            } else {
                all.add(operand);
            }
        }
        return all;
    }

    /** One is true. */
    public RexNode or(List<RexNode> operands) {
        List<RexNode> kept = new ArrayList<>();
        for (RexNode operand : operands) {
            Optional<Datum> value = constantOf(operand);
            if (value.isPresent() && Boolean.TRUE.equals(value.get().value())) {
                return rex.makeLiteral(true);
            }
            if (value.isEmpty() || value.get().isNull()) {
                kept.add(operand);
            }
        }
        return switch (kept.size()) {
            case 0 -> rex.makeLiteral(false);
            case 1 -> kept.get(0);
            default -> raw(DataType.BOOLEAN, SqlStdOperatorTable.OR, flat(SqlKind.OR, kept));
        };
    }

    /** The opposite. */
    public RexNode not(RexNode operand) {
        Optional<Datum> value = constantOf(operand);
        if (value.isPresent()) {
            return value.get().isNull()
                    ? constant(Datum.nullOf(DataType.BOOLEAN))
                    : rex.makeLiteral(!(Boolean) value.get().value());
        }
        return raw(DataType.BOOLEAN, SqlStdOperatorTable.NOT, List.of(operand));
    }

    /** Whether the operand is NULL. */
    public RexNode isNull(RexNode operand) {
        Optional<Datum> value = constantOf(operand);
        if (value.isPresent()) {
            return rex.makeLiteral(value.get().isNull());
        }
        return raw(DataType.BOOLEAN, SqlStdOperatorTable.IS_NULL, List.of(operand));
    }

    /** Whether the operand is not NULL. */
    public RexNode isNotNull(RexNode operand) {
        Optional<Datum> value = constantOf(operand);
        if (value.isPresent()) {
            return rex.makeLiteral(!value.get().isNull());
        }
        return raw(DataType.BOOLEAN, SqlStdOperatorTable.IS_NOT_NULL, List.of(operand));
    }

    /**
     * A searched CASE: conditions and results in turn, and what else. Results are cast to their
     * common type.
     */
    public RexNode caseWhen(List<RexNode> conditions, List<RexNode> results, RexNode otherwise) {
        List<DataType> resultTypes = new ArrayList<>();
        results.forEach(result -> resultTypes.add(typeOf(result)));
        resultTypes.add(typeOf(otherwise));
        DataType common = commonType("CASE", resultTypes);
        List<RexNode> operands = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            Optional<Datum> known = constantOf(conditions.get(i));
            if (known.isPresent() && Boolean.TRUE.equals(known.get().value())) {
                return finishCase(common, operands, cast(results.get(i), common));
            }
            if (known.isEmpty()) {
                operands.add(conditions.get(i));
                operands.add(cast(results.get(i), common));
            }
        }
        return finishCase(common, operands, cast(otherwise, common));
    }

    private RexNode finishCase(DataType type, List<RexNode> operands, RexNode otherwise) {
        if (operands.isEmpty()) {
            return otherwise;
        }
        List<RexNode> all = new ArrayList<>(operands);
        all.add(otherwise);
        return raw(type, SqlStdOperatorTable.CASE, all);
    }

    /** The first operand that is not NULL. */
    public RexNode coalesce(List<RexNode> operands) {
        DataType common =
                commonType("COALESCE", operands.stream().map(RexFactory::typeOf).toList());
        List<RexNode> kept = new ArrayList<>();
        for (RexNode operand : operands) {
            Optional<Datum> value = constantOf(operand);
            if (value.isPresent() && value.get().isNull()) {
                continue;
            }
            kept.add(cast(operand, common));
            if (value.isPresent()) {
                break;
            }
        }
        return switch (kept.size()) {
            case 0 -> constant(Datum.nullOf(common));
            case 1 -> kept.get(0);
            default -> raw(common, new HiveFunction(HiveFunction.COALESCE, true), kept);
        };
    }

    /** Whether the operand equals one of the candidates. */
    public RexNode in(RexNode operand, List<RexNode> candidates) {
        List<RexNode> converted = new ArrayList<>();
        for (RexNode candidate : candidates) {
            converted.add(towardsColumn(candidate, operand));
        }
        boolean allConstant =
                converted.stream().allMatch(candidate -> constantOf(candidate).isPresent());
        if (constantOf(operand).isPresent() || !allConstant || typeOf(operand).kind().isNested()) {
            List<RexNode> equal = new ArrayList<>();
            converted.forEach(candidate -> equal.add(compareUnchecked("=", operand, candidate)));
            return or(equal);
        }
        List<DataType> all = new ArrayList<>();
        all.add(typeOf(operand));
        converted.forEach(candidate -> all.add(typeOf(candidate)));
        DataType common = commonType("IN", all);
        if (converted.size() == 1) {
            return compareUnchecked("=", cast(operand, common), cast(converted.get(0), common));
        }
        List<RexNode> operands = new ArrayList<>();
        operands.add(cast(operand, common));
        converted.forEach(candidate -> operands.add(cast(candidate, common)));
        return raw(DataType.BOOLEAN, new HiveFunction(HiveFunction.IN, true), operands);
    }

    /** The common type of several, for CASE and its like. */
    public DataType commonType(String what, List<DataType> several) {
        return TypeRules.commonType(several)
                .orElseThrow(
                        () ->
                                SkepException.ofArgument(
                                        ErrorCode.WRONG_ARGUMENT_TYPE,
                                        firstMisfit(several),
                                        "%s cannot mix types: %s"
                                                .formatted(
                                                        what,
                                                        String.join(
                                                                ", ",
                                                                several.stream()
                                                                        .map(DataType::typeName)
                                                                        .distinct()
                                                                        .toList()))));
    }

    private static int firstMisfit(List<DataType> several) {
        int index = 1;
        while (TypeRules.commonType(several.subList(0, index + 1)).isPresent()) {
            index++;
        }
        return index;
    }

    /** A condition: the expression as BOOLEAN. */
    public RexNode condition(RexNode node) {
        return cast(node, DataType.BOOLEAN);
    }

    /** Folds a cast of a constant. */
    Datum fold(Datum value, DataType type) {
        return folder.cast(value, type);
    }

    RexBuilder rexBuilder() {
        return rex;
    }

    RelTypes types() {
        return types;
    }

    PlanEnvironment environment() {
        return environment;
    }
}
