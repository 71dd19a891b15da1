package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.skep.grammar.HiveParser;
import org.skep.grammar.HiveParserBaseVisitor;
import org.skep.parser.ast.BinaryOperator;
import org.skep.parser.ast.ChainOperator;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.Quantifier;
import org.skep.parser.ast.SortItem;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.TypeName;
import org.skep.parser.ast.UnaryOperator;
import org.skep.parser.ast.WhenClause;

/**
 * Builds expressions. Operators of one level come as a flat list of operands and are folded here,
 * from the left. Confined to one thread.
 */
final class ExpressionBuilder extends HiveParserBaseVisitor<Expression> {
    private final SourceText source;
    private final TypeBuilder types;
    private final QueryBuilder queries;
    private final LiteralBuilder literals;
    private final CallBuilder calls;

    ExpressionBuilder(SourceText source, TypeBuilder types, QueryBuilder queries) {
        this.source = source;
        this.types = types;
        this.queries = queries;
        this.literals = new LiteralBuilder(source);
        this.calls = new CallBuilder(source, this);
    }

    Expression expression(HiveParser.ExpressionContext context) {
        return context.accept(this);
    }

    Optional<Expression> optional(HiveParser.ExpressionContext context) {
        return Optional.ofNullable(context).map(this::expression);
    }

    List<Expression> expressions(List<HiveParser.ExpressionContext> contexts) {
        return contexts.stream().map(this::expression).toList();
    }

    LiteralBuilder literals() {
        return literals;
    }

    CallBuilder calls() {
        return calls;
    }

    Expression bitOr(HiveParser.BitOrExpressionContext context) {
        return context.accept(this);
    }

    // ------------------------------------------------------------ chains

    @Override
    public Expression visitExpression(HiveParser.ExpressionContext context) {
        return chain(context, ChainOperator.OR, context.andExpression());
    }

    @Override
    public Expression visitAndExpression(HiveParser.AndExpressionContext context) {
        return chain(context, ChainOperator.AND, context.notExpression());
    }

    @Override
    public Expression visitConcatExpression(HiveParser.ConcatExpressionContext context) {
        return chain(context, ChainOperator.CONCAT, context.additiveExpression());
    }

    private Expression chain(
            ParserRuleContext context,
            ChainOperator operator,
            List<? extends ParserRuleContext> operands) {
        if (operands.size() == 1) {
            return operands.get(0).accept(this);
        }
        List<Expression> built = new ArrayList<>(operands.size());
        operands.forEach(operand -> built.add(operand.accept(this)));
        return new Expression.Chain(operator, built, source.span(context));
    }

    @Override
    public Expression visitAdditiveExpression(HiveParser.AdditiveExpressionContext context) {
        List<HiveParser.MultiplicativeExpressionContext> operands =
                context.multiplicativeExpression();
        Expression result = operands.get(0).accept(this);
        List<Expression> sum = new ArrayList<>(List.of(result));
        int depth = 0;
        for (int i = 1; i < operands.size(); i++) {
            Expression operand = operands.get(i).accept(this);
            if (tokenType(context.getChild(2 * i - 1)) == HiveParser.PLUS) {
                sum.add(operand);
            } else {
                checkDepth(++depth, operands.get(i));
                Expression left = sum(sum, operands.get(0), operands.get(i - 1));
                result =
                        new Expression.Binary(
                                BinaryOperator.SUBTRACT,
                                left,
                                operand,
                                source.span(operands.get(0), operands.get(i)));
                sum.clear();
                sum.add(result);
            }
        }
        return sum(sum, operands.get(0), operands.get(operands.size() - 1));
    }

    private Expression sum(
            List<Expression> operands, ParserRuleContext first, ParserRuleContext last) {
        return operands.size() == 1
                ? operands.get(0)
                : new Expression.Chain(ChainOperator.ADD, operands, source.span(first, last));
    }

    // ------------------------------------------------------------ operators folded from the left

    @Override
    public Expression visitBitOrExpression(HiveParser.BitOrExpressionContext context) {
        return fold(context, context.bitAndExpression());
    }

    @Override
    public Expression visitBitAndExpression(HiveParser.BitAndExpressionContext context) {
        return fold(context, context.concatExpression());
    }

    @Override
    public Expression visitMultiplicativeExpression(
            HiveParser.MultiplicativeExpressionContext context) {
        return fold(context, context.bitXorExpression());
    }

    @Override
    public Expression visitBitXorExpression(HiveParser.BitXorExpressionContext context) {
        return fold(context, context.unaryExpression());
    }

    private Expression fold(ParserRuleContext context, List<? extends ParserRuleContext> operands) {
        Expression result = operands.get(0).accept(this);
        for (int i = 1; i < operands.size(); i++) {
            checkDepth(i, operands.get(i));
            result =
                    new Expression.Binary(
                            binary(context.getChild(2 * i - 1)),
                            result,
                            operands.get(i).accept(this),
                            source.span(operands.get(0), operands.get(i)));
        }
        return result;
    }

    private static void checkDepth(int depth, ParserRuleContext context) {
        if (depth > NestingLimit.LIMIT) {
            throw NestingLimit.exceeded(SourceText.location(context.getStart()));
        }
    }

    private static int tokenType(ParseTree node) {
        return ((TerminalNode) node).getSymbol().getType();
    }

    private static BinaryOperator binary(ParseTree node) {
        return switch (tokenType(node)) {
            case HiveParser.PIPE -> BinaryOperator.BIT_OR;
            case HiveParser.AMPERSAND -> BinaryOperator.BIT_AND;
            case HiveParser.CARET -> BinaryOperator.BIT_XOR;
            case HiveParser.ASTERISK -> BinaryOperator.MULTIPLY;
            case HiveParser.SLASH -> BinaryOperator.DIVIDE;
            case HiveParser.PERCENT_SIGN -> BinaryOperator.MODULO;
            case HiveParser.KW_DIV -> BinaryOperator.INTEGER_DIVIDE;
            case HiveParser.EQ -> BinaryOperator.EQUAL;
            case HiveParser.EQ_NULL_SAFE -> BinaryOperator.NULL_SAFE_EQUAL;
            case HiveParser.NEQ -> BinaryOperator.NOT_EQUAL;
            case HiveParser.LT -> BinaryOperator.LESS;
            case HiveParser.LTE -> BinaryOperator.LESS_OR_EQUAL;
            case HiveParser.GT -> BinaryOperator.GREATER;
            case HiveParser.GTE -> BinaryOperator.GREATER_OR_EQUAL;
            default -> throw new IllegalStateException("No operator: " + node.getText());
        };
    }

    // ------------------------------------------------------------ predicates

    @Override
    public Expression visitNotExpression(HiveParser.NotExpressionContext context) {
        Expression result = context.equalityExpression().accept(this);
        for (int i = context.getChildCount() - 2; i >= 0; i--) {
            Token not = ((TerminalNode) context.getChild(i)).getSymbol();
            result =
                    new Expression.Unary(
                            UnaryOperator.NOT, result, source.span(not, context.getStop()));
        }
        return result;
    }

    @Override
    public Expression visitEqualityExpression(HiveParser.EqualityExpressionContext context) {
        Expression result = context.comparisonExpression().accept(this);
        int depth = 0;
        for (HiveParser.EqualityPartContext part : context.equalityPart()) {
            checkDepth(++depth, part);
            result = equality(result, part, source.span(context, part));
        }
        return result;
    }

    private Expression equality(
            Expression left, HiveParser.EqualityPartContext part, SourceSpan span) {
        boolean not = part.KW_NOT() != null;
        if (part.KW_IS() != null && part.KW_DISTINCT() == null) {
            return new Expression.IsTest(left, testKind(part), not, span);
        }
        BinaryOperator operator;
        if (part.KW_IS() == null) {
            operator = binary(part.getChild(0));
        } else {
            operator = not ? BinaryOperator.NULL_SAFE_EQUAL : BinaryOperator.IS_DISTINCT_FROM;
        }
        if (part.quantifier() == null) {
            return new Expression.Binary(
                    operator, left, part.comparisonExpression().accept(this), span);
        }
        return new Expression.QuantifiedComparison(
                left, operator, quantifier(part.quantifier()), queries.query(part.query()), span);
    }

    private static Expression.IsTest.Kind testKind(HiveParser.EqualityPartContext part) {
        return switch (part.getStop().getType()) {
            case HiveParser.KW_NULL -> Expression.IsTest.Kind.NULL;
            case HiveParser.KW_TRUE -> Expression.IsTest.Kind.TRUE;
            case HiveParser.KW_FALSE -> Expression.IsTest.Kind.FALSE;
            default -> Expression.IsTest.Kind.UNKNOWN;
        };
    }

    private static Quantifier quantifier(HiveParser.QuantifierContext context) {
        return context.KW_ALL() != null ? Quantifier.ALL : Quantifier.ANY;
    }

    @Override
    public Expression visitComparisonExpression(HiveParser.ComparisonExpressionContext context) {
        Expression result = context.bitOrExpression().accept(this);
        int depth = 0;
        for (HiveParser.ComparisonPartContext part : context.comparisonPart()) {
            checkDepth(++depth, part);
            result = comparison(result, part, source.span(context, part));
        }
        return result;
    }

    private Expression comparison(
            Expression left, HiveParser.ComparisonPartContext part, SourceSpan span) {
        if (part instanceof HiveParser.OrderPartContext order) {
            BinaryOperator operator = binary(order.getChild(0));
            if (order.quantifier() == null) {
                return new Expression.Binary(operator, left, bitOr(order.bitOrExpression()), span);
            }
            return new Expression.QuantifiedComparison(
                    left,
                    operator,
                    quantifier(order.quantifier()),
                    queries.query(order.query()),
                    span);
        }
        if (part instanceof HiveParser.LikePartContext like) {
            return new Expression.Like(
                    left,
                    like.KW_LIKE() != null ? Expression.Like.Kind.LIKE : Expression.Like.Kind.RLIKE,
                    Optional.empty(),
                    List.of(bitOr(like.bitOrExpression())),
                    like.KW_NOT() != null,
                    span);
        }
        if (part instanceof HiveParser.LikeAnyPartContext like) {
            return new Expression.Like(
                    left,
                    Expression.Like.Kind.LIKE,
                    Optional.of(like.KW_ALL() != null ? Quantifier.ALL : Quantifier.ANY),
                    expressions(like.expression()),
                    like.KW_NOT() != null,
                    span);
        }
        if (part instanceof HiveParser.BetweenPartContext between) {
            return new Expression.Between(
                    left, bitOr(between.low), bitOr(between.high), between.KW_NOT() != null, span);
        }
        HiveParser.InPartContext in = (HiveParser.InPartContext) part;
        return in.query() != null
                ? new Expression.InSubquery(
                        left, queries.query(in.query()), in.KW_NOT() != null, span)
                : new Expression.InList(
                        left, expressions(in.expression()), in.KW_NOT() != null, span);
    }

    // ------------------------------------------------------------ prefixes and suffixes

    @Override
    public Expression visitUnaryExpression(HiveParser.UnaryExpressionContext context) {
        Expression result = context.postfixExpression().accept(this);
        for (int i = context.getChildCount() - 2; i >= 0; i--) {
            Token sign = ((TerminalNode) context.getChild(i)).getSymbol();
            UnaryOperator operator =
                    switch (sign.getType()) {
                        case HiveParser.PLUS -> UnaryOperator.PLUS;
                        case HiveParser.DASH -> UnaryOperator.MINUS;
                        default -> UnaryOperator.BIT_NOT;
                    };
            result = new Expression.Unary(operator, result, source.span(sign, context.getStop()));
        }
        return result;
    }

    @Override
    public Expression visitPostfixExpression(HiveParser.PostfixExpressionContext context) {
        Expression result = context.primaryExpression().accept(this);
        // Only a name that is written as such continues into a path: (a).b is a field of an
        // expression.
        boolean path =
                context.primaryExpression() instanceof HiveParser.IdentifierExpressionContext;
        int depth = 0;
        for (HiveParser.PostfixContext postfix : context.postfix()) {
            checkDepth(++depth, postfix);
            SourceSpan span = source.span(context, postfix);
            if (postfix.identifier() == null) {
                path = false;
                result = new Expression.Subscript(result, expression(postfix.expression()), span);
            } else if (path) {
                List<Identifier> parts =
                        new ArrayList<>(((Expression.ColumnReference) result).path());
                parts.add(source.identifier(postfix.identifier()));
                result = new Expression.ColumnReference(parts, span);
            } else {
                result =
                        new Expression.FieldAccess(
                                result, source.identifier(postfix.identifier()), span);
            }
        }
        return result;
    }

    // ------------------------------------------------------------ primaries

    @Override
    public Expression visitIdentifierExpression(HiveParser.IdentifierExpressionContext context) {
        return new Expression.ColumnReference(
                List.of(source.identifier(context.identifier())), source.span(context));
    }

    @Override
    public Expression visitLiteralExpression(HiveParser.LiteralExpressionContext context) {
        return literals.literal(context.literal());
    }

    @Override
    public Expression visitIntervalExpression(HiveParser.IntervalExpressionContext context) {
        Expression value;
        if (context.NUMBER() != null) {
            value = literals.number(context.NUMBER().getSymbol());
        } else if (context.stringLiteral() != null) {
            value = literals.string(context.stringLiteral());
        } else {
            value = expression(context.expression());
        }
        return new Expression.IntervalExpression(
                value, LiteralBuilder.unit(context.intervalUnit()), source.span(context));
    }

    @Override
    public Expression visitShortIntervalExpression(
            HiveParser.ShortIntervalExpressionContext context) {
        Expression value =
                context.NUMBER() != null
                        ? literals.number(context.NUMBER().getSymbol())
                        : literals.string(context.stringLiteral());
        return new Expression.IntervalExpression(
                value, LiteralBuilder.unit(context.intervalUnit()), source.span(context));
    }

    @Override
    public Expression visitParenthesizedExpression(
            HiveParser.ParenthesizedExpressionContext context) {
        Expression inner =
                context.expression().size() == 1
                        ? expression(context.expression(0))
                        : new Expression.Row(
                                expressions(context.expression()), source.span(context));
        return context.intervalUnit() == null
                ? inner
                : new Expression.IntervalExpression(
                        inner, LiteralBuilder.unit(context.intervalUnit()), source.span(context));
    }

    @Override
    public Expression visitSubqueryExpression(HiveParser.SubqueryExpressionContext context) {
        SourceSpan span = source.span(context);
        Expression subquery = new Expression.ScalarSubquery(queries.query(context.query()), span);
        return context.intervalUnit() == null
                ? subquery
                : new Expression.IntervalExpression(
                        subquery, LiteralBuilder.unit(context.intervalUnit()), span);
    }

    @Override
    public Expression visitExistsExpression(HiveParser.ExistsExpressionContext context) {
        return new Expression.Exists(queries.query(context.query()), source.span(context));
    }

    @Override
    public Expression visitCaseExpression(HiveParser.CaseExpressionContext context) {
        return new Expression.Case(
                optional(context.operand),
                context.whenClause().stream().map(this::whenClause).toList(),
                optional(context.fallback),
                source.span(context));
    }

    private WhenClause whenClause(HiveParser.WhenClauseContext context) {
        return new WhenClause(
                expression(context.condition), expression(context.result), source.span(context));
    }

    @Override
    public Expression visitCastExpression(HiveParser.CastExpressionContext context) {
        TypeName type = types.type(context.type());
        return new Expression.Cast(
                expression(context.expression()),
                type,
                Optional.ofNullable(source.string(context.stringLiteral())),
                source.span(context));
    }

    // ------------------------------------------------------------ calls

    @Override
    public Expression visitFunctionCallExpression(
            HiveParser.FunctionCallExpressionContext context) {
        return context.accept(calls);
    }

    @Override
    public Expression visitCurrentExpression(HiveParser.CurrentExpressionContext context) {
        return context.accept(calls);
    }

    @Override
    public Expression visitExtractExpression(HiveParser.ExtractExpressionContext context) {
        return context.accept(calls);
    }

    @Override
    public Expression visitFloorExpression(HiveParser.FloorExpressionContext context) {
        return context.accept(calls);
    }

    @Override
    public Expression visitTrimExpression(HiveParser.TrimExpressionContext context) {
        return context.accept(calls);
    }

    @Override
    public Expression visitSubstringExpression(HiveParser.SubstringExpressionContext context) {
        return context.accept(calls);
    }

    // ------------------------------------------------------------ order

    List<SortItem> sortItems(List<HiveParser.SortItemContext> contexts) {
        return contexts.stream().map(this::sortItem).toList();
    }

    private SortItem sortItem(HiveParser.SortItemContext context) {
        Optional<SortItem.Nulls> nulls =
                context.KW_NULLS() == null
                        ? Optional.empty()
                        : Optional.of(
                                context.KW_FIRST() != null
                                        ? SortItem.Nulls.FIRST
                                        : SortItem.Nulls.LAST);
        return new SortItem(
                expression(context.expression()),
                context.KW_DESC() != null
                        ? SortItem.Direction.DESCENDING
                        : SortItem.Direction.ASCENDING,
                nulls,
                source.span(context));
    }

    /** A list that was written in parentheses of its own, as DISTRIBUTE BY allows. */
    static List<Expression> unwrapped(List<Expression> expressions) {
        return expressions.size() == 1 && expressions.get(0) instanceof Expression.Row row
                ? row.values()
                : expressions;
    }
}
