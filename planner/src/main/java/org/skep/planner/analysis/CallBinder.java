package org.skep.planner.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.parser.ast.Expression;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.TypeKind;

/**
 * Binds calls by name: functions, macros, aggregates, windows and what is written as a call and is
 * none. Confined to one thread.
 */
final class CallBinder {
    // Names of types, and of Hive's classes for casts to them, that are casts when they are called.
    private static final Map<String, DataType> CAST_FUNCTIONS =
            Map.ofEntries(
                    Map.entry("boolean", DataType.BOOLEAN),
                    Map.entry("tinyint", DataType.TINYINT),
                    Map.entry("smallint", DataType.SMALLINT),
                    Map.entry("int", DataType.INT),
                    Map.entry("integer", DataType.INT),
                    Map.entry("bigint", DataType.BIGINT),
                    Map.entry("float", DataType.FLOAT),
                    Map.entry("double", DataType.DOUBLE),
                    Map.entry("string", DataType.STRING),
                    Map.entry("binary", DataType.BINARY),
                    Map.entry("date", DataType.DATE),
                    Map.entry("timestamp", DataType.TIMESTAMP),
                    Map.entry("udftoboolean", DataType.BOOLEAN),
                    Map.entry("udftobyte", DataType.TINYINT),
                    Map.entry("udftoshort", DataType.SMALLINT),
                    Map.entry("udftointeger", DataType.INT),
                    Map.entry("udftolong", DataType.BIGINT),
                    Map.entry("udftofloat", DataType.FLOAT),
                    Map.entry("udftodouble", DataType.DOUBLE));

    // Windows that take a value from another row; Hive has a number for them without OVER.
    private static final Set<String> VALUE_WINDOWS =
            Set.of("lag", "lead", "first_value", "last_value");

    // What a scalar subquery becomes; no function to call.
    private static final String SINGLE_VALUE = "single_value";

    private final RexFactory rex;
    private final QueryBinder queries;
    private final Scope scope;
    private final ExpressionBinder expressions;
    private final AggregateBinder aggregates;
    private final WindowCollector windows;

    /**
     * A binder over a scope.
     *
     * @param expressions binds arguments
     * @param windows receives calls over windows; null where they are not allowed
     */
    CallBinder(
            QueryBinder queries,
            Scope scope,
            ExpressionBinder expressions,
            AggregateBinder aggregates,
            WindowCollector windows) {
        this.rex = expressions.rex();
        this.queries = queries;
        this.scope = scope;
        this.expressions = expressions;
        this.aggregates = aggregates;
        this.windows = windows;
    }

    RexNode bind(Expression.FunctionCall node) {
        String name = node.name().toString();
        if (node.over().isPresent()) {
            if (windows == null) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        node.location(),
                        "Window function is not allowed here: " + name);
            }
            return new WindowBinder(expressions, windows).bind(node);
        }
        if (windows != null
                && windows.enclosing().isPresent()
                && NeighbourBinder.NAMES.contains(name)) {
            return new NeighbourBinder(expressions, windows).bind(node);
        }
        var macro = queries.session().macro(name);
        if (macro.isPresent()) {
            return new Macros(queries)
                    .expand(macro.get(), expressions.bindAll(node.arguments()), node);
        }
        FunctionCatalogue functions = rex.environment().functions();
        if (!node.withinGroup().isEmpty()) {
            return new WithinGroup(
                            rex,
                            new ExpressionBinder(rex, queries, scope, null, null),
                            (function, arguments, distinct) ->
                                    aggregates.collected(
                                            functions.aggregate(function).orElseThrow(),
                                            arguments,
                                            distinct,
                                            node))
                    .bind(node);
        }
        if (name.equals("grouping") && aggregates.isAllowed()) {
            return aggregates.grouping(node);
        }
        if (functions.scalar(name).isEmpty()
                && functions.aggregate(name).isPresent()
                && !name.equals(SINGLE_VALUE)) {
            return aggregates.call(functions.aggregate(name).get(), node);
        }
        if (node.distinct()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.location(),
                    "DISTINCT belongs to aggregates only: " + name);
        }
        Optional<RexNode> special = placedSpecial(name, node);
        if (special.isPresent()) {
            return special.get();
        }
        if (functions.scalar(name).isEmpty()) {
            DataType target = node.arguments().size() == 1 ? CAST_FUNCTIONS.get(name) : null;
            if (target == null) {
                throw unknownFunction(name, functions);
            }
            return rex.cast(expressions.bind(node.arguments().get(0)), target);
        }
        try {
            return rex.call(name, expressions.bindArguments(node.arguments()));
        } catch (SkepException e) {
            SkepException numbered = e.location().isPresent() ? e : CallFailures.numbered(name, e);
            throw CallFailures.atArgument(numbered, node.arguments());
        }
    }

    private static SkepException unknownFunction(String name, FunctionCatalogue functions) {
        if (functions.window(name).isPresent()) {
            return new SkepException(
                    VALUE_WINDOWS.contains(name)
                            ? ErrorCode.MISSING_OVER
                            : ErrorCode.SEMANTIC_ERROR,
                    "Function needs an OVER clause: " + name);
        }
        if (functions.table(name).isPresent()) {
            return new SkepException(
                    ErrorCode.MISPLACED_TABLE_FUNCTION,
                    "Table function belongs in LATERAL VIEW or alone in SELECT: " + name);
        }
        String nearest =
                Scope.Nearest.to(name, List.copyOf(functions.names()))
                        .map("; did you mean %s?"::formatted)
                        .orElse("");
        return new SkepException(
                ErrorCode.FUNCTION_NOT_FOUND, "Function not found: " + name + nearest);
    }

    private Optional<RexNode> placedSpecial(String name, Expression.FunctionCall node) {
        try {
            return special(name, node);
        } catch (SkepException e) {
            // The results of IF come after its condition.
            List<Expression> alternatives = node.arguments();
            throw CallFailures.atArgument(
                    e,
                    name.equals("if") && alternatives.size() > 1
                            ? alternatives.subList(1, alternatives.size())
                            : alternatives);
        }
    }

    // Functions whose operands are not all computed, or that are operators in another dress.
    private Optional<RexNode> special(String name, Expression.FunctionCall node) {
        List<Expression> arguments = node.arguments();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "if" -> {
                require(node, 3);
                yield Optional.of(
                        rex.caseWhen(
                                List.of(booleanCondition(arguments.get(0))),
                                List.of(expressions.bind(arguments.get(1))),
                                expressions.bind(arguments.get(2))));
            }
            case "nvl", "coalesce" -> Optional.of(rex.coalesce(expressions.bindAll(arguments)));
            case "nullif" -> {
                require(node, 2);
                RexNode value = expressions.bind(arguments.get(0));
                RexNode equal = rex.compare("=", value, expressions.bind(arguments.get(1)));
                yield Optional.of(
                        rex.caseWhen(
                                List.of(equal),
                                List.of(rex.constant(Datum.nullOf(RexFactory.typeOf(value)))),
                                value));
            }
            case "typeof" -> {
                require(node, 1);
                RexNode operand = rex.withoutConstants(() -> expressions.bind(arguments.get(0)));
                yield Optional.of(
                        rex.constant(Datum.ofString(RexFactory.typeOf(operand).typeName())));
            }
            case "isnull" -> {
                require(node, 1);
                yield Optional.of(rex.isNull(expressions.bind(arguments.get(0))));
            }
            case "isnotnull" -> {
                require(node, 1);
                yield Optional.of(rex.isNotNull(expressions.bind(arguments.get(0))));
            }
            default -> Optional.empty();
        };
    }

    private static void require(Expression.FunctionCall node, int count) {
        if (node.arguments().size() != count) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_COUNT,
                    node.location(),
                    "Function %s takes %d arguments: %d"
                            .formatted(node.name(), count, node.arguments().size()));
        }
    }

    private RexNode booleanCondition(Expression expression) {
        RexNode node = expressions.bind(expression);
        DataType type = RexFactory.typeOf(node);
        if (type.kind() != TypeKind.BOOLEAN && type.kind() != TypeKind.VOID) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_TYPE,
                    expression.location(),
                    "Condition must be of type boolean: " + type.typeName());
        }
        return rex.condition(node);
    }
}
