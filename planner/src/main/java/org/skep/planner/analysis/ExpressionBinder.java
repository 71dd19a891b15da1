package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
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
    private final RexFactory rex;
    private final Scope scope;
    private final AggregateBinder aggregates;
    private final SubqueryBinder subqueries;
    private final CallBinder calls;
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
        this.scope = scope;
        this.aggregates = new AggregateBinder(rex, queries, scope, aggregates);
        subqueries = new SubqueryBinder(rex, queries, scope, this);
        calls = new CallBinder(queries, scope, this, this.aggregates, windows);
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
        if (path.size() == 1
                && path.get(0).name().equals("grouping__id")
                && !aggregates.keys().isEmpty()) {
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
            throw CallFailures.atArgument(e, List.of(node.base(), node.index()));
        }
    }

    @Override
    public RexNode star(Expression.Star node) {
        throw new SkepException(
                ErrorCode.SEMANTIC_ERROR, node.location(), "Star is not allowed here: *");
    }

    @Override
    public RexNode functionCall(Expression.FunctionCall node) {
        return calls.bind(node);
    }

    @Override
    public RexNode unary(Expression.Unary node) {
        RexNode operand = bind(node.operand());
        try {
            return unary(node.operator(), operand);
        } catch (SkepException e) {
            throw CallFailures.atArgument(e, List.of(node.operand()));
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
            throw CallFailures.atArgument(e, alternatives);
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
            throw CallFailures.atArgument(e, List.of(node.operand()));
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
        return subqueries.in(node);
    }

    @Override
    public RexNode exists(Expression.Exists node) {
        return subqueries.exists(node);
    }

    @Override
    public RexNode scalarSubquery(Expression.ScalarSubquery node) {
        return subqueries.scalar(node);
    }

    @Override
    public RexNode quantifiedComparison(Expression.QuantifiedComparison node) {
        return subqueries.quantified(node);
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
