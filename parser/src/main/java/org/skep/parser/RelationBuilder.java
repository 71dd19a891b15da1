package org.skep.parser;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.skep.grammar.HiveParser;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.JoinKind;
import org.skep.parser.ast.LateralView;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.Relation;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.TableSample;

/** Builds what stands in FROM. Confined to one thread. */
final class RelationBuilder {
    private static final Pattern BYTE_LENGTH = Pattern.compile("(\\d{1,15})([bkmgBKMG])");

    private final SourceText source;
    private final QueryBuilder queries;
    private final ExpressionBuilder expressions;

    RelationBuilder(SourceText source, QueryBuilder queries, ExpressionBuilder expressions) {
        this.source = source;
        this.queries = queries;
        this.expressions = expressions;
    }

    Relation from(HiveParser.FromClauseContext context) {
        return joined(context.joinedRelation());
    }

    private Relation joined(HiveParser.JoinedRelationContext context) {
        if (context.KW_UNIQUEJOIN() != null) {
            throw SourceText.notSupported(context, "UNIQUEJOIN");
        }
        Relation result = relation(context.relationPrimary());
        int depth = 0;
        for (ParseTree child : context.children.subList(1, context.getChildCount())) {
            ParserRuleContext part = (ParserRuleContext) child;
            if (++depth > NestingLimit.LIMIT) {
                throw NestingLimit.exceeded(SourceText.location(part.getStart()));
            }
            result =
                    part instanceof HiveParser.LateralViewContext view
                            ? withView(result, view)
                            : join(
                                    result,
                                    (HiveParser.JoinPartContext) part,
                                    source.span(context, part));
        }
        return result;
    }

    private Relation join(Relation left, HiveParser.JoinPartContext part, SourceSpan span) {
        Relation right = relation(part.relationPrimary());
        // A lateral view before ON belongs to the right side, one after it to the whole join.
        for (HiveParser.LateralViewContext view : part.lateralView()) {
            right = withView(right, view);
        }
        HiveParser.JoinConditionContext condition = part.joinCondition();
        return new Relation.Join(
                kind(part.joinType()),
                left,
                right,
                condition == null ? Optional.empty() : expressions.optional(condition.expression()),
                condition == null ? List.of() : source.identifiers(condition.columnNames()),
                span);
    }

    Relation withView(Relation relation, HiveParser.LateralViewContext view) {
        LateralView lateral = lateralView(view);
        return new Relation.LateralRelation(relation, lateral, lateral.span());
    }

    private static JoinKind kind(HiveParser.JoinTypeContext context) {
        if (context == null) {
            return JoinKind.COMMA;
        }
        if (context.KW_CROSS() != null) {
            return JoinKind.CROSS;
        }
        if (context.KW_SEMI() != null) {
            return JoinKind.LEFT_SEMI;
        }
        if (context.KW_ANTI() != null) {
            return JoinKind.LEFT_ANTI;
        }
        if (context.KW_LEFT() != null) {
            return JoinKind.LEFT_OUTER;
        }
        if (context.KW_RIGHT() != null) {
            return JoinKind.RIGHT_OUTER;
        }
        return context.KW_FULL() != null ? JoinKind.FULL_OUTER : JoinKind.INNER;
    }

    Relation relation(HiveParser.RelationPrimaryContext context) {
        if (context instanceof HiveParser.TableRelationContext table) {
            if (table.timeTravel() != null) {
                throw SourceText.notSupported(table.timeTravel(), "Reading an old snapshot");
            }
            return new Relation.TableReference(
                    source.qualifiedName(table.qualifiedName()),
                    alias(table.tableAlias()),
                    sample(table.tableSample()),
                    table.tableProperties() == null
                            ? List.of()
                            : source.properties(table.tableProperties().propertyList()),
                    source.span(context));
        }
        if (context instanceof HiveParser.SubqueryRelationContext subquery) {
            return new Relation.SubqueryRelation(
                    queries.query(subquery.query()),
                    alias(subquery.tableAlias()),
                    source.identifiers(subquery.columnNames()),
                    sample(subquery.tableSample()),
                    source.span(context));
        }
        if (context instanceof HiveParser.ValuesRelationContext values) {
            return new Relation.SubqueryRelation(
                    valuesQuery(values.valuesClause()),
                    alias(values.tableAlias()),
                    source.identifiers(values.columnNames()),
                    Optional.empty(),
                    source.span(context));
        }
        if (context instanceof HiveParser.NestedRelationContext nested) {
            return joined(nested.joinedRelation());
        }
        throw SourceText.notSupported(context, "A table function in FROM");
    }

    private Query valuesQuery(HiveParser.ValuesClauseContext context) {
        SourceSpan span = source.span(context);
        return new Query(
                Optional.empty(),
                queries.values(context),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                span);
    }

    Optional<Identifier> alias(HiveParser.TableAliasContext context) {
        if (context == null) {
            return Optional.empty();
        }
        return Optional.of(
                context.identifier() != null
                        ? source.identifier(context.identifier())
                        : source.identifier(context.aliasIdentifier()));
    }

    LateralView lateralView(HiveParser.LateralViewContext context) {
        SourceSpan span = source.span(context);
        if (context.valuesClause() == null) {
            return new LateralView(
                    context.KW_OUTER() != null,
                    expressions.calls().functionCall(context.functionCall()),
                    Optional.ofNullable(context.aliasIdentifier()).map(source::identifier),
                    source.identifiers(context.identifier()),
                    span);
        }
        SourceSpan rowsSpan = source.span(context.valuesClause());
        List<Expression> rows = new ArrayList<>();
        for (List<Expression> row : queries.values(context.valuesClause()).rows()) {
            rows.add(new Expression.Row(row, rowsSpan));
        }
        Expression array = call("array", rows, rowsSpan);
        return new LateralView(
                false,
                call("inline", List.of(array), rowsSpan),
                alias(context.tableAlias()),
                source.identifiers(context.columnNames()),
                span);
    }

    private static Expression.FunctionCall call(
            String name, List<Expression> arguments, SourceSpan span) {
        return new Expression.FunctionCall(
                new QualifiedName(List.of(new Identifier(name, false, span)), span),
                arguments,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                span);
    }

    private Optional<TableSample> sample(HiveParser.TableSampleContext context) {
        if (context == null) {
            return Optional.empty();
        }
        SourceSpan span = source.span(context);
        if (context.KW_BUCKET() != null) {
            return Optional.of(
                    new TableSample(
                            TableSample.Kind.BUCKET,
                            BigDecimal.valueOf(
                                    QueryBuilder.count(context, context.NUMBER(0).getSymbol())),
                            QueryBuilder.count(context, context.NUMBER(1).getSymbol()),
                            expressions.expressions(context.expression()),
                            span));
        }
        if (context.IDENTIFIER() != null) {
            return Optional.of(
                    new TableSample(TableSample.Kind.BYTES, bytes(context), 0, List.of(), span));
        }
        TableSample.Kind kind =
                context.KW_PERCENT() != null ? TableSample.Kind.PERCENT : TableSample.Kind.ROWS;
        BigDecimal amount = expressions.literals().number(context.NUMBER(0).getSymbol()).value();
        return Optional.of(new TableSample(kind, amount, 0, List.of(), span));
    }

    private static BigDecimal bytes(HiveParser.TableSampleContext context) {
        Matcher matcher = BYTE_LENGTH.matcher(context.IDENTIFIER().getText());
        if (!matcher.matches()) {
            throw SourceText.error(
                    context,
                    "Sample size must be a number with b, k, m or g: "
                            + context.IDENTIFIER().getText());
        }
        int shift = 10 * "bkmg".indexOf(matcher.group(2).toLowerCase(Locale.ROOT));
        return BigDecimal.valueOf(Long.parseLong(matcher.group(1)))
                .multiply(BigDecimal.valueOf(1L << shift));
    }
}
