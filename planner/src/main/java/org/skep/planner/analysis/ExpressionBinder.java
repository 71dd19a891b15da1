package org.skep.planner.analysis;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.functions.coerce.TypeRules;
import org.skep.parser.ast.BinaryOperator;
import org.skep.parser.ast.ChainOperator;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.Quantifier;
import org.skep.parser.ast.UnaryOperator;
import org.skep.parser.ast.WhenClause;
import org.skep.planner.rel.Placeholder;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.StructType;
import org.skep.types.TypeKind;

/**
 * Binds the expressions of one query block over its input's columns. Where aggregates are allowed
 * they become {@link Placeholder}s and are collected. Confined to one thread.
 */
final class ExpressionBinder implements Expression.Visitor<RexNode> {
    // Names of types that are casts when they are called.
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
                    Map.entry("timestamp", DataType.TIMESTAMP));

    // Windows that take a value from another row; Hive has a number for them without OVER.
    private static final Set<String> VALUE_WINDOWS =
            Set.of("lag", "lead", "first_value", "last_value");

    // What a scalar subquery becomes; no function to call.
    private static final String SINGLE_VALUE = "single_value";

    private final RexFactory rex;
    private final QueryBinder queries;
    private final Scope scope;
    private final AggregateCollector aggregates;
    private final WindowCollector windows;
    private final LiteralBinder literals;
    private Map<String, RexNode> aliases = Map.of();
    private boolean aliasesFirst;

    /**
     * A binder over a scope.
     *
     * @param aggregates receives aggregates; null where they are not allowed
     * @param windows receives calls over windows; null where they are not allowed
     */
    ExpressionBinder(
            RexFactory rex,
            QueryBinder queries,
            Scope scope,
            AggregateCollector aggregates,
            WindowCollector windows) {
        this.rex = rex;
        this.queries = queries;
        this.scope = scope;
        this.aggregates = aggregates;
        this.windows = windows;
        literals = new LiteralBinder(rex);
    }

    /**
     * Lets names of the select list stand for its expressions: before the columns of the input, or
     * after them.
     */
    ExpressionBinder seeing(Map<String, RexNode> selectList, boolean first) {
        aliases = selectList;
        aliasesFirst = first;
        return this;
    }

    /** Binds an expression; failures are placed at the innermost expression that has one. */
    RexNode bind(Expression expression) {
        try {
            return expression.accept(this);
        } catch (SkepException e) {
            throw e.at(expression.location());
        }
    }

    List<RexNode> bindAll(List<Expression> expressions) {
        return expressions.stream().map(this::bind).toList();
    }

    /** Binds arguments; a star among them stands for all columns that it would show. */
    List<RexNode> bindArguments(List<Expression> expressions) {
        List<RexNode> bound = new ArrayList<>();
        for (Expression expression : expressions) {
            if (expression instanceof Expression.Star star) {
                scope.star(star.qualifier(), star.location())
                        .forEach(column -> bound.add(rex.column(column.type(), column.index())));
            } else {
                bound.add(bind(expression));
            }
        }
        return bound;
    }

    /** Binds a condition. */
    RexNode condition(Expression expression) {
        RexNode node = bind(expression);
        try {
            return rex.condition(node);
        } catch (SkepException e) {
            throw e.at(expression.location());
        }
    }

    RexFactory rex() {
        return rex;
    }

    @Override
    public RexNode nullLiteral(Expression.NullLiteral node) {
        return rex.constant(Datum.nullOf(DataType.VOID));
    }

    @Override
    public RexNode booleanLiteral(Expression.BooleanLiteral node) {
        return rex.constant(Datum.ofBoolean(node.value()));
    }

    @Override
    public RexNode numericLiteral(Expression.NumericLiteral node) {
        return rex.constant(literals.number(node));
    }

    @Override
    public RexNode stringLiteral(Expression.StringLiteral node) {
        return rex.constant(Datum.ofString(node.value()));
    }

    @Override
    public RexNode dateTimeLiteral(Expression.DateTimeLiteral node) {
        return rex.constant(literals.dateTime(node));
    }

    @Override
    public RexNode intervalExpression(Expression.IntervalExpression node) {
        return literals.interval(bind(node.value()), node.unit());
    }

    @Override
    public RexNode columnReference(Expression.ColumnReference node) {
        List<Identifier> path = node.path();
        if (path.size() == 1 && path.get(0).name().equals("grouping__id") && isGrouped()) {
            return rex.raw(
                    DataType.BIGINT, new Placeholder(Placeholder.Kind.GROUPING_ID, 0), List.of());
        }
        Scope.Resolved resolved = resolve(path);
        RexNode value = resolved.node();
        for (int i = resolved.parts(); i < path.size(); i++) {
            value = field(value, path.get(i));
        }
        return value;
    }

    private boolean isGrouped() {
        return aggregates != null && !aggregates.keys().isEmpty();
    }

    private Scope.Resolved resolve(List<Identifier> path) {
        RexNode alias = aliases.get(path.get(0).name());
        if (alias != null && aliasesFirst) {
            return new Scope.Resolved(alias, 1);
        }
        try {
            return scope.resolve(path);
        } catch (SkepException e) {
            if (alias != null) {
                return new Scope.Resolved(alias, 1);
            }
            Optional<RexNode> key =
                    e.code() == ErrorCode.SEMANTIC_ERROR
                            ? groupedColumn(path.get(0))
                            : Optional.empty();
            return key.map(node -> new Scope.Resolved(node, 1)).orElseThrow(() -> e);
        }
    }

    // Of several columns with this name the one that is grouped by, as only it is left after the
    // grouping.
    private Optional<RexNode> groupedColumn(Identifier name) {
        if (aggregates == null) {
            return Optional.empty();
        }
        List<RexNode> grouped =
                scope.columns().stream()
                        .filter(column -> column.name().equals(name.name()))
                        .map(column -> rex.column(column.type(), column.index()))
                        .filter(aggregates.keys()::contains)
                        .toList();
        return grouped.size() == 1 ? Optional.of(grouped.get(0)) : Optional.empty();
    }

    private RexNode field(RexNode base, Identifier name) {
        if (!(RexFactory.typeOf(base) instanceof StructType struct)) {
            throw new SkepException(
                    ErrorCode.NOT_A_STRUCT,
                    "Field not found: %s is no struct, so it has no %s"
                            .formatted(RexFactory.typeOf(base).typeName(), name.name()));
        }
        int index = struct.indexOf(name.name());
        if (index < 0) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR, name.location(), "Field not found: " + name.name());
        }
        return rex.call("struct_field", List.of(base, rex.constant(Datum.ofInt(index))));
    }

    @Override
    public RexNode fieldAccess(Expression.FieldAccess node) {
        return field(bind(node.base()), node.field());
    }

    @Override
    public RexNode subscript(Expression.Subscript node) {
        List<RexNode> operands = List.of(bind(node.base()), bind(node.index()));
        try {
            return rex.call("index", operands);
        } catch (SkepException e) {
            throw atArgument(e, List.of(node.base(), node.index()));
        }
    }

    @Override
    public RexNode star(Expression.Star node) {
        throw new SkepException(
                ErrorCode.SEMANTIC_ERROR, node.location(), "Star is not allowed here: *");
    }

    @Override
    public RexNode functionCall(Expression.FunctionCall node) {
        String name = node.name().toString();
        if (node.over().isPresent()) {
            if (windows == null) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        node.location(),
                        "Window function is not allowed here: " + name);
            }
            return new WindowBinder(this, windows).bind(node);
        }
        var macro = queries.session().macro(name);
        if (macro.isPresent()) {
            return new Macros(queries).expand(macro.get(), bindAll(node.arguments()), node);
        }
        FunctionCatalogue functions = rex.environment().functions();
        if (!node.withinGroup().isEmpty()) {
            return new WithinGroup(
                            rex,
                            new ExpressionBinder(rex, queries, scope, null, null),
                            (function, arguments, distinct) ->
                                    collected(
                                            functions.aggregate(function).orElseThrow(),
                                            arguments,
                                            distinct,
                                            node))
                    .bind(node);
        }
        if (name.equals("grouping") && aggregates != null) {
            return grouping(node);
        }
        if (functions.scalar(name).isEmpty()
                && functions.aggregate(name).isPresent()
                && !name.equals(SINGLE_VALUE)) {
            return aggregate(functions.aggregate(name).get(), node);
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
            return rex.cast(bind(node.arguments().get(0)), target);
        }
        try {
            return rex.call(name, bindArguments(node.arguments()));
        } catch (SkepException e) {
            SkepException numbered = e.location().isPresent() ? e : CallFailures.numbered(name, e);
            throw atArgument(numbered, node.arguments());
        }
    }

    // A failure of one argument belongs to it and not to the call.
    private static SkepException atArgument(SkepException failure, List<Expression> arguments) {
        int index = failure.argument().orElse(-1);
        boolean known =
                index >= 0
                        && index < arguments.size()
                        && arguments.stream().noneMatch(a -> a instanceof Expression.Star);
        return known ? failure.at(arguments.get(index).location()) : failure;
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
            throw atArgument(
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
                                List.of(bind(arguments.get(1))),
                                bind(arguments.get(2))));
            }
            case "nvl", "coalesce" -> Optional.of(rex.coalesce(bindAll(arguments)));
            case "nullif" -> {
                require(node, 2);
                RexNode value = bind(arguments.get(0));
                RexNode equal = rex.compare("=", value, bind(arguments.get(1)));
                yield Optional.of(
                        rex.caseWhen(
                                List.of(equal),
                                List.of(rex.constant(Datum.nullOf(RexFactory.typeOf(value)))),
                                value));
            }
            case "typeof" -> {
                require(node, 1);
                RexNode operand = rex.withoutConstants(() -> bind(arguments.get(0)));
                yield Optional.of(
                        rex.constant(Datum.ofString(RexFactory.typeOf(operand).typeName())));
            }
            case "isnull" -> {
                require(node, 1);
                yield Optional.of(rex.isNull(bind(arguments.get(0))));
            }
            case "isnotnull" -> {
                require(node, 1);
                yield Optional.of(rex.isNotNull(bind(arguments.get(0))));
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

    private RexNode aggregate(AggregateFunction function, Expression.FunctionCall node) {
        if (aggregates == null) {
            return outerAggregate(function, node);
        }
        return collected(function, argumentsOf(node), node.distinct(), node);
    }

    private RexNode collected(
            AggregateFunction function,
            List<RexNode> arguments,
            boolean distinct,
            Expression.FunctionCall node) {
        if (aggregates == null) {
            throw misplaced(function, node);
        }
        int index = aggregates.add(spec(function, arguments, distinct));
        return rex.raw(
                aggregates.calls().get(index).type(),
                new Placeholder(Placeholder.Kind.AGGREGATE, index),
                List.of());
    }

    // Where a block has no aggregates of its own, one over columns of a block around is of that.
    private RexNode outerAggregate(AggregateFunction function, Expression.FunctionCall node) {
        if (!hasColumns(argumentsOf(node))) {
            for (Scope around = scope.outer(); around != null; around = around.outer()) {
                List<RexNode> arguments =
                        new ExpressionBinder(rex, queries, around, null, null).argumentsOf(node);
                if (around.aggregates() != null && hasColumns(arguments)) {
                    return around.aggregateReference(
                            around.aggregates().add(spec(function, arguments, node.distinct())),
                            rex.types());
                }
            }
        }
        throw misplaced(function, node);
    }

    private static SkepException misplaced(
            AggregateFunction function, Expression.FunctionCall node) {
        return new SkepException(
                ErrorCode.MISPLACED_AGGREGATE,
                node.location(),
                "Aggregate is not allowed here: " + function.name());
    }

    private static boolean hasColumns(List<RexNode> nodes) {
        return RelOptUtil.InputFinder.bits(nodes, null).cardinality() > 0;
    }

    private AggregateCollector.Spec spec(
            AggregateFunction function, List<RexNode> arguments, boolean distinct) {
        Binding binding = bindAggregate(function, arguments);
        List<RexNode> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            cast.add(rex.cast(arguments.get(i), binding.argumentTypes().get(i)));
        }
        return new AggregateCollector.Spec(
                function.name(),
                cast,
                distinct && !function.ignoresDuplicates(),
                binding.returnType());
    }

    private static void checkCount(Expression.FunctionCall node) {
        if (!node.name().toString().equals("count")) {
            return;
        }
        if (node.arguments().isEmpty()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR, node.location(), "Function count needs an argument");
        }
        if (node.arguments().size() > 1 && !node.distinct()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.location(),
                    "Function count takes several arguments with DISTINCT only");
        }
    }

    /**
     * The bound arguments of an aggregate, which cannot hold aggregates themselves; none for a
     * star.
     */
    private List<RexNode> argumentsOf(Expression.FunctionCall node) {
        if (node.arguments().size() == 1
                && node.arguments().get(0) instanceof Expression.Star
                && !node.distinct()) {
            return List.of();
        }
        checkCount(node);
        return new ExpressionBinder(rex, queries, scope, null, null).bindAll(node.arguments());
    }

    /**
     * Binds an aggregate to its arguments.
     *
     * @throws SkepException SEMANTIC_ERROR, since Hive has no numbers for what is wrong with them
     */
    static Binding bindAggregate(AggregateFunction function, List<RexNode> arguments) {
        try {
            return function.bind(arguments(arguments));
        } catch (SkepException e) {
            throw new SkepException(ErrorCode.SEMANTIC_ERROR, e.getMessage(), e);
        }
    }

    private static List<Argument> arguments(List<RexNode> nodes) {
        return nodes.stream()
                .map(
                        argument ->
                                RexFactory.constantOf(argument)
                                        .map(Argument::of)
                                        .orElseGet(() -> Argument.of(RexFactory.typeOf(argument))))
                .toList();
    }

    private RexNode grouping(Expression.FunctionCall node) {
        RexNode id =
                rex.raw(
                        DataType.BIGINT,
                        new Placeholder(Placeholder.Kind.GROUPING_ID, 0),
                        List.of());
        List<RexNode> keys = aggregates.keys();
        RexNode result = null;
        for (RexNode argument :
                new ExpressionBinder(rex, queries, scope, null, null).bindAll(node.arguments())) {
            int key = keys.indexOf(argument);
            if (key < 0) {
                throw new SkepException(
                        isGrouped() ? ErrorCode.GROUPING_ARGUMENT : ErrorCode.WRONG_ARGUMENT_COUNT,
                        node.location(),
                        "Expression in GROUPING function not present in GROUP BY");
            }
            RexNode bit =
                    rex.call(
                            "&",
                            List.of(
                                    rex.call(
                                            "shiftright",
                                            List.of(
                                                    id,
                                                    rex.constant(
                                                            Datum.ofInt(keys.size() - 1 - key)))),
                                    rex.constant(Datum.ofLong(1))));
            result =
                    result == null
                            ? bit
                            : rex.call(
                                    "+",
                                    List.of(
                                            rex.call(
                                                    "*",
                                                    List.of(result, rex.constant(Datum.ofLong(2)))),
                                            bit));
        }
        return result;
    }

    @Override
    public RexNode unary(Expression.Unary node) {
        RexNode operand = bind(node.operand());
        try {
            return unary(node.operator(), operand);
        } catch (SkepException e) {
            throw atArgument(e, List.of(node.operand()));
        }
    }

    private RexNode unary(UnaryOperator operator, RexNode operand) {
        return switch (operator) {
            case PLUS -> rex.call("positive", List.of(operand));
            case MINUS -> rex.call("negative", List.of(operand));
            case BIT_NOT -> rex.call("~", List.of(operand));
            case NOT -> rex.not(rex.condition(operand));
        };
    }

    @Override
    public RexNode binary(Expression.Binary node) {
        RexNode left = bind(node.left());
        RexNode right = bind(node.right());
        return binary(node.operator(), left, right);
    }

    private RexNode binary(BinaryOperator operator, RexNode left, RexNode right) {
        return switch (operator) {
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    NULL_SAFE_EQUAL ->
                    rex.compare(operator.symbol(), left, right);
            case IS_DISTINCT_FROM -> rex.not(rex.compare("<=>", left, right));
            case SUBTRACT, MULTIPLY, DIVIDE, MODULO, INTEGER_DIVIDE, BIT_AND, BIT_OR, BIT_XOR ->
                    rex.call(operator.symbol(), List.of(left, right));
        };
    }

    @Override
    public RexNode chain(Expression.Chain node) {
        if (node.operator() == ChainOperator.AND || node.operator() == ChainOperator.OR) {
            List<RexNode> conditions = node.operands().stream().map(this::condition).toList();
            return node.operator() == ChainOperator.AND ? rex.and(conditions) : rex.or(conditions);
        }
        List<RexNode> operands = bindAll(node.operands());
        if (node.operator() == ChainOperator.CONCAT) {
            return rex.call("concat", operands);
        }
        RexNode sum = operands.get(0);
        for (RexNode operand : operands.subList(1, operands.size())) {
            sum = rex.call("+", List.of(sum, operand));
        }
        return sum;
    }

    private RexNode booleanCondition(Expression expression) {
        RexNode node = bind(expression);
        DataType type = RexFactory.typeOf(node);
        if (type.kind() != TypeKind.BOOLEAN && type.kind() != TypeKind.VOID) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_TYPE,
                    expression.location(),
                    "Condition must be of type boolean: " + type.typeName());
        }
        return rex.condition(node);
    }

    @Override
    public RexNode caseWhen(Expression.Case node) {
        List<RexNode> conditions = new ArrayList<>();
        List<RexNode> results = new ArrayList<>();
        RexNode operand = node.operand().map(this::bind).orElse(null);
        for (WhenClause branch : node.branches()) {
            conditions.add(
                    operand == null
                            ? searchedCondition(branch.condition())
                            : rex.compareUnchecked("=", operand, bind(branch.condition())));
            results.add(bind(branch.result()));
        }
        RexNode otherwise =
                node.otherwise()
                        .map(this::bind)
                        .orElseGet(() -> rex.constant(Datum.nullOf(DataType.VOID)));
        List<Expression> alternatives = new ArrayList<>();
        node.branches().forEach(branch -> alternatives.add(branch.result()));
        node.otherwise().ifPresent(alternatives::add);
        try {
            return rex.caseWhen(conditions, results, otherwise);
        } catch (SkepException e) {
            throw atArgument(e, alternatives);
        }
    }

    private RexNode searchedCondition(Expression expression) {
        RexNode condition = bind(expression);
        DataType type = RexFactory.typeOf(condition);
        if (type.kind() != TypeKind.BOOLEAN) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_TYPE,
                    expression.location(),
                    "Condition of CASE must be of type boolean: " + type.typeName());
        }
        return condition;
    }

    @Override
    public RexNode cast(Expression.Cast node) {
        if (node.format().isPresent()) {
            return rex.call(
                    "cast_format",
                    List.of(
                            bind(node.operand()),
                            rex.constant(Datum.ofString(node.format().get())),
                            rex.constant(
                                    Datum.ofString(TypeNameBinder.bind(node.type()).typeName()))));
        }
        RexNode operand = bind(node.operand());
        try {
            return rex.cast(operand, TypeNameBinder.bind(node.type()));
        } catch (SkepException e) {
            throw atArgument(e, List.of(node.operand()));
        }
    }

    @Override
    public RexNode isTest(Expression.IsTest node) {
        RexNode operand = bind(node.operand());
        return switch (node.kind()) {
            case NULL -> node.negated() ? rex.isNotNull(operand) : rex.isNull(operand);
            case UNKNOWN -> node.negated() ? rex.isNotNull(operand) : rex.isNull(operand);
            case TRUE -> truth(operand, true, node.negated());
            case FALSE -> truth(operand, false, node.negated());
        };
    }

    private RexNode truth(RexNode operand, boolean wanted, boolean negated) {
        RexNode condition = rex.condition(operand);
        Optional<Datum> value = RexFactory.constantOf(condition);
        if (value.isPresent()) {
            boolean is = !value.get().isNull() && value.get().value().equals(wanted);
            return rex.constant(Datum.ofBoolean(is != negated));
        }
        var operator =
                wanted
                        ? negated ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE
                        : negated ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
        return rex.raw(DataType.BOOLEAN, operator, List.of(condition));
    }

    @Override
    public RexNode between(Expression.Between node) {
        RexNode operand = bind(node.operand());
        RexNode within =
                rex.and(
                        List.of(
                                rex.compareUnchecked(">=", operand, bind(node.low())),
                                rex.compareUnchecked("<=", operand, bind(node.high()))));
        return node.negated() ? rex.not(within) : within;
    }

    @Override
    public RexNode inList(Expression.InList node) {
        RexNode in = rex.in(bind(node.operand()), bindAll(node.candidates()));
        return node.negated() ? rex.not(in) : in;
    }

    @Override
    public RexNode inSubquery(Expression.InSubquery node) {
        List<RexNode> operands =
                node.operand() instanceof Expression.Row row
                        ? bindAll(row.values())
                        : List.of(bind(node.operand()));
        RelNode query = queries.subquery(node.query(), scope);
        if (query.getRowType().getFieldCount() != operands.size()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.query().location(),
                    "Subquery must have %d columns: %d"
                            .formatted(operands.size(), query.getRowType().getFieldCount()));
        }
        List<DataType> common = new ArrayList<>();
        List<RexNode> cast = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            DataType column = RexFactory.typeOf(rex.column(query.getRowType(), i));
            DataType type = comparisonType(RexFactory.typeOf(operands.get(i)), column);
            common.add(type);
            cast.add(rex.cast(operands.get(i), type));
        }
        RexNode in = RexSubQuery.in(queries.castColumns(query, common), ImmutableList.copyOf(cast));
        return node.negated() ? rex.rexBuilder().makeCall(SqlStdOperatorTable.NOT, in) : in;
    }

    private static DataType comparisonType(DataType left, DataType right) {
        return TypeRules.comparisonType(left, right)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.WRONG_ARGUMENTS,
                                        "Cannot compare %s with %s"
                                                .formatted(left.typeName(), right.typeName())));
    }

    @Override
    public RexNode exists(Expression.Exists node) {
        return RexSubQuery.exists(queries.subquery(node.query(), scope));
    }

    @Override
    public RexNode scalarSubquery(Expression.ScalarSubquery node) {
        RelNode query = queries.subquery(node.query(), scope);
        if (query.getRowType().getFieldCount() != 1) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.location(),
                    "Subquery must have 1 column: " + query.getRowType().getFieldCount());
        }
        return RexSubQuery.scalar(query);
    }

    @Override
    public RexNode quantifiedComparison(Expression.QuantifiedComparison node) {
        RexNode operand = bind(node.operand());
        RelNode query = queries.subquery(node.query(), scope);
        DataType column = RexFactory.typeOf(rex.column(query.getRowType(), 0));
        DataType type = comparisonType(RexFactory.typeOf(operand), column);
        RelNode cast = queries.castColumns(query, List.of(type));
        ImmutableList<RexNode> operands = ImmutableList.of(rex.cast(operand, type));
        boolean all = node.quantifier() == Quantifier.ALL;
        // e op ALL (q) is NOT (e negated-op ANY (q)).
        SqlKind kind = sqlKind(node.operator());
        SqlKind tested = all ? kind.negateNullSafe() : kind;
        RexNode some =
                tested == SqlKind.EQUALS
                        ? RexSubQuery.in(cast, operands)
                        : RexSubQuery.some(
                                cast,
                                operands,
                                org.apache.calcite.sql.fun.SqlStdOperatorTable.some(tested));
        return all ? rex.rexBuilder().makeCall(SqlStdOperatorTable.NOT, some) : some;
    }

    private static SqlKind sqlKind(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> SqlKind.EQUALS;
            case NOT_EQUAL -> SqlKind.NOT_EQUALS;
            case LESS -> SqlKind.LESS_THAN;
            case LESS_OR_EQUAL -> SqlKind.LESS_THAN_OR_EQUAL;
            case GREATER -> SqlKind.GREATER_THAN;
            case GREATER_OR_EQUAL -> SqlKind.GREATER_THAN_OR_EQUAL;
            default ->
                    throw new SkepException(
                            ErrorCode.SEMANTIC_ERROR,
                            "Operator cannot be quantified: " + operator.symbol());
        };
    }

    @Override
    public RexNode like(Expression.Like node) {
        List<RexNode> operands = new ArrayList<>();
        operands.add(bind(node.operand()));
        operands.addAll(bindAll(node.patterns()));
        String name =
                node.quantifier()
                        .map(quantifier -> quantifier == Quantifier.ALL ? "likeall" : "likeany")
                        .orElse(node.kind() == Expression.Like.Kind.LIKE ? "like" : "rlike");
        RexNode like = rex.call(name, operands);
        return node.negated() ? rex.not(like) : like;
    }

    @Override
    public RexNode row(Expression.Row node) {
        return rex.call("struct", bindAll(node.values()));
    }

    @Override
    public RexNode defaultValue(Expression.DefaultValue node) {
        return rex.constant(Datum.nullOf(DataType.VOID));
    }
}
