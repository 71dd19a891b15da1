package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.skep.grammar.HiveParser;
import org.skep.grammar.HiveParserBaseVisitor;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.NullTreatment;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.SortItem;

/** Builds function calls, and the special forms that mean one. Confined to one thread. */
final class CallBuilder extends HiveParserBaseVisitor<Expression> {
    private final SourceText source;
    private final ExpressionBuilder expressions;
    private final WindowBuilder windows;

    CallBuilder(SourceText source, ExpressionBuilder expressions) {
        this.source = source;
        this.expressions = expressions;
        this.windows = new WindowBuilder(source, expressions);
    }

    WindowBuilder windows() {
        return windows;
    }

    @Override
    public Expression visitFunctionCallExpression(
            HiveParser.FunctionCallExpressionContext context) {
        return functionCall(context.functionCall());
    }

    Expression.FunctionCall functionCall(HiveParser.FunctionCallContext context) {
        List<Expression> arguments =
                context.ASTERISK() != null
                        ? List.of(
                                new Expression.Star(
                                        List.of(),
                                        source.span(
                                                context.ASTERISK().getSymbol(),
                                                context.ASTERISK().getSymbol())))
                        : context.functionArgument().stream().map(this::argument).toList();
        HiveParser.NullTreatmentContext nulls =
                context.inner != null ? context.inner : context.outer;
        boolean distinct =
                context.setQuantifier() != null && context.setQuantifier().KW_DISTINCT() != null;
        // An ORDER BY among the arguments says the same as one in WITHIN GROUP.
        List<SortItem> order =
                context.orderByClause().isEmpty()
                        ? List.of()
                        : expressions.sortItems(context.orderByClause(0).sortItem());
        return new Expression.FunctionCall(
                functionName(context.functionName()),
                arguments,
                distinct,
                Optional.ofNullable(nulls)
                        .map(
                                n ->
                                        n.KW_IGNORE() != null
                                                ? NullTreatment.IGNORE
                                                : NullTreatment.RESPECT),
                order,
                Optional.ofNullable(context.windowSpecification()).map(windows::windowSpec),
                source.span(context));
    }

    QualifiedName functionName(HiveParser.FunctionNameContext context) {
        List<Identifier> parts =
                context.identifier().isEmpty()
                        ? List.of(source.identifier(context))
                        : source.identifiers(context.identifier());
        return new QualifiedName(parts, source.span(context));
    }

    Expression argument(HiveParser.FunctionArgumentContext context) {
        return context.star() != null
                ? star(context.star())
                : expressions.expression(context.expression());
    }

    Expression star(HiveParser.StarContext context) {
        return new Expression.Star(source.identifiers(context.identifier()), source.span(context));
    }

    private Expression call(ParserRuleContext context, String name, List<Expression> arguments) {
        QualifiedName function =
                new QualifiedName(
                        List.of(
                                new Identifier(
                                        name,
                                        false,
                                        source.span(context.getStart(), context.getStart()))),
                        source.span(context.getStart(), context.getStart()));
        return new Expression.FunctionCall(
                function,
                arguments,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                source.span(context));
    }

    @Override
    public Expression visitCurrentExpression(HiveParser.CurrentExpressionContext context) {
        return call(context, context.getText().toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Expression visitExtractExpression(HiveParser.ExtractExpressionContext context) {
        String unit = LiteralBuilder.timeUnit(context.timeUnit());
        String function = unit.equals("week") ? "weekofyear" : unit;
        return call(context, function, List.of(expressions.expression(context.expression())));
    }

    @Override
    public Expression visitFloorExpression(HiveParser.FloorExpressionContext context) {
        String function =
                context.timeUnit() == null
                        ? "floor"
                        : "floor_" + LiteralBuilder.timeUnit(context.timeUnit());
        return call(context, function, List.of(expressions.expression(context.expression())));
    }

    @Override
    public Expression visitTrimExpression(HiveParser.TrimExpressionContext context) {
        if (!context.identifier().getText().equalsIgnoreCase("trim")) {
            throw SourceText.error(
                    context, "Only trim has a FROM after a side: " + source.textOf(context));
        }
        String function =
                context.KW_LEADING() != null
                        ? "ltrim"
                        : context.KW_TRAILING() != null ? "rtrim" : "trim";
        List<Expression> arguments = new ArrayList<>();
        arguments.add(expressions.expression(context.source));
        expressions.optional(context.characters).ifPresent(arguments::add);
        return call(context, function, arguments);
    }

    @Override
    public Expression visitSubstringExpression(HiveParser.SubstringExpressionContext context) {
        String name = context.identifier().getText().toLowerCase(Locale.ROOT);
        List<Expression> operands = expressions.expressions(context.expression());
        if (name.equals("trim") && operands.size() == 2) {
            return call(context, name, List.of(operands.get(1), operands.get(0)));
        }
        if (name.equals("substring") || name.equals("substr")) {
            return call(context, name, operands);
        }
        throw SourceText.error(context, "Function has no FROM: " + name);
    }
}
