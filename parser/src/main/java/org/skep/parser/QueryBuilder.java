package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.skep.grammar.HiveParser;
import org.skep.parser.ast.CommonTable;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.GroupBy;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.LateralView;
import org.skep.parser.ast.Limit;
import org.skep.parser.ast.NamedWindow;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.QueryBody;
import org.skep.parser.ast.Relation;
import org.skep.parser.ast.SelectItem;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.Transform;
import org.skep.parser.ast.TransformColumn;
import org.skep.parser.ast.With;

/** Builds queries. Confined to one thread. */
final class QueryBuilder {
    private final SourceText source;
    private final TypeBuilder types;
    private final ExpressionBuilder expressions;
    private final ClauseBuilder clauses;
    private final RelationBuilder relations;

    QueryBuilder(SourceText source) {
        this.source = source;
        this.types = new TypeBuilder(source);
        this.expressions = new ExpressionBuilder(source, types, this);
        this.clauses = new ClauseBuilder(source, types, expressions);
        this.relations = new RelationBuilder(source, this, expressions);
    }

    TypeBuilder types() {
        return types;
    }

    ExpressionBuilder expressions() {
        return expressions;
    }

    ClauseBuilder clauses() {
        return clauses;
    }

    RelationBuilder relations() {
        return relations;
    }

    // ------------------------------------------------------------ whole queries

    Query query(HiveParser.QueryContext context) {
        QueryBody first = intersection(context.intersectExpression());
        return query(
                with(context.withClause()),
                setOperations(first, context.intersectExpression(), context.setRest()),
                context.queryTail(),
                source.span(context));
    }

    /** A statement that begins with SELECT, VALUES or a parenthesis. */
    Query plainQuery(Optional<With> with, HiveParser.PlainBodyContext context, SourceSpan span) {
        HiveParser.PlainPrimaryContext first = context.plainPrimary();
        QueryBody body = intersections(primary(first), first, context.intersectRest());
        return query(
                with, setOperations(body, first, context.setRest()), context.queryTail(), span);
    }

    /** A statement that begins with FROM. */
    Query fromFirstQuery(
            Optional<With> with,
            HiveParser.FromClauseContext from,
            HiveParser.FromFirstRestContext rest,
            SourceSpan span) {
        QueryBody first =
                fromFirst(
                        from,
                        rest.selectClause(),
                        rest.lateralView(),
                        rest.selectRest(),
                        source.span(from, rest.selectRest()));
        QueryBody body = intersections(first, from, rest.intersectRest());
        return query(with, setOperations(body, from, rest.setRest()), rest.queryTail(), span);
    }

    private Query query(
            Optional<With> with,
            QueryBody body,
            HiveParser.QueryTailContext tail,
            SourceSpan span) {
        return new Query(
                with,
                body,
                tail.orderByClause() == null
                        ? List.of()
                        : expressions.sortItems(tail.orderByClause().sortItem()),
                tail.clusterByClause() == null
                        ? List.of()
                        : ExpressionBuilder.unwrapped(
                                expressions.expressions(tail.clusterByClause().expression())),
                tail.distributeByClause() == null
                        ? List.of()
                        : ExpressionBuilder.unwrapped(
                                expressions.expressions(tail.distributeByClause().expression())),
                tail.sortByClause() == null
                        ? List.of()
                        : expressions.sortItems(tail.sortByClause().sortItem()),
                limit(tail.limitClause()),
                span);
    }

    Optional<With> with(HiveParser.WithClauseContext context) {
        return Optional.ofNullable(context)
                .map(
                        c ->
                                new With(
                                        c.commonTable().stream().map(this::commonTable).toList(),
                                        source.span(c)));
    }

    private CommonTable commonTable(HiveParser.CommonTableContext context) {
        return new CommonTable(
                source.identifier(context.identifier()),
                source.identifiers(context.columnNames()),
                query(context.query()),
                source.span(context));
    }

    Optional<Limit> limit(HiveParser.LimitClauseContext context) {
        if (context == null) {
            return Optional.empty();
        }
        long first = count(context, context.first);
        if (context.second != null) {
            return Optional.of(
                    new Limit(count(context, context.second), first, source.span(context)));
        }
        long offset = context.offset == null ? 0 : count(context, context.offset);
        return Optional.of(new Limit(first, offset, source.span(context)));
    }

    static long count(ParserRuleContext context, Token number) {
        try {
            return Long.parseLong(number.getText());
        } catch (NumberFormatException e) {
            throw SourceText.error(context, "Count must be a whole number: " + number.getText());
        }
    }

    // ------------------------------------------------------------ set operations

    private QueryBody setOperations(
            QueryBody first, ParserRuleContext firstContext, HiveParser.SetRestContext rest) {
        List<HiveParser.IntersectExpressionContext> operands = rest.intersectExpression();
        List<HiveParser.SetOperatorContext> operators = rest.setOperator();
        SetChain chain = new SetChain(first, firstContext);
        for (int i = 0; i < operators.size(); i++) {
            QueryBody.SetOperation.Kind kind =
                    operators.get(i).KW_UNION() != null
                            ? QueryBody.SetOperation.Kind.UNION
                            : QueryBody.SetOperation.Kind.EXCEPT;
            boolean distinct = isDistinct(operators.get(i).setQuantifier());
            chain.add(kind, distinct, intersection(operands.get(i)), operands.get(i));
        }
        return chain.build();
    }

    private QueryBody intersection(HiveParser.IntersectExpressionContext context) {
        HiveParser.QueryPrimaryContext first = context.queryPrimary();
        return intersections(primary(first), first, context.intersectRest());
    }

    private QueryBody intersections(
            QueryBody first, ParserRuleContext firstContext, HiveParser.IntersectRestContext rest) {
        List<HiveParser.QueryPrimaryContext> operands = rest.queryPrimary();
        List<HiveParser.IntersectOperatorContext> operators = rest.intersectOperator();
        SetChain chain = new SetChain(first, firstContext);
        for (int i = 0; i < operators.size(); i++) {
            boolean distinct = isDistinct(operators.get(i).setQuantifier());
            chain.add(
                    QueryBody.SetOperation.Kind.INTERSECT,
                    distinct,
                    primary(operands.get(i)),
                    operands.get(i));
        }
        return chain.build();
    }

    private static boolean isDistinct(HiveParser.SetQuantifierContext quantifier) {
        return quantifier == null || quantifier.KW_DISTINCT() != null;
    }

    /** Folds set operations from the left; a run of one operator becomes one node. */
    private final class SetChain {
        private final ParserRuleContext first;
        private final List<QueryBody> inputs = new ArrayList<>();
        private ParserRuleContext last;
        private QueryBody.SetOperation.Kind kind;
        private boolean distinct;
        private int depth;

        SetChain(QueryBody body, ParserRuleContext first) {
            this.first = first;
            this.last = first;
            inputs.add(body);
        }

        void add(
                QueryBody.SetOperation.Kind nextKind,
                boolean nextDistinct,
                QueryBody body,
                ParserRuleContext context) {
            boolean associative = nextKind != QueryBody.SetOperation.Kind.EXCEPT;
            if (inputs.size() > 1
                    && !(associative && nextKind == kind && nextDistinct == distinct)) {
                if (++depth > NestingLimit.LIMIT) {
                    throw NestingLimit.exceeded(SourceText.location(context.getStart()));
                }
                QueryBody left = build();
                inputs.clear();
                inputs.add(left);
            }
            kind = nextKind;
            distinct = nextDistinct;
            inputs.add(body);
            last = context;
        }

        QueryBody build() {
            return inputs.size() == 1
                    ? inputs.get(0)
                    : new QueryBody.SetOperation(kind, distinct, inputs, source.span(first, last));
        }
    }

    private QueryBody primary(HiveParser.QueryPrimaryContext context) {
        return context.plainPrimary() != null
                ? primary(context.plainPrimary())
                : fromFirst(
                        context.fromClause(),
                        context.selectClause(),
                        context.lateralView(),
                        context.selectRest(),
                        source.span(context));
    }

    private QueryBody primary(HiveParser.PlainPrimaryContext context) {
        if (context instanceof HiveParser.SelectQueryContext select) {
            return select(
                    select.selectClause(),
                    Optional.ofNullable(select.fromClause()).map(relations::from),
                    List.of(),
                    select.selectRest(),
                    source.span(context));
        }
        if (context instanceof HiveParser.ValuesQueryContext values) {
            return values(values.valuesClause());
        }
        HiveParser.NestedQueryContext nested = (HiveParser.NestedQueryContext) context;
        return new QueryBody.Nested(query(nested.query()), source.span(context));
    }

    private QueryBody fromFirst(
            HiveParser.FromClauseContext from,
            HiveParser.SelectClauseContext clause,
            List<HiveParser.LateralViewContext> views,
            HiveParser.SelectRestContext rest,
            SourceSpan span) {
        Relation relation = relations.from(from);
        for (HiveParser.LateralViewContext view : views) {
            relation = relations.withView(relation, view);
        }
        return select(clause, Optional.of(relation), List.of(), rest, span);
    }

    QueryBody.Values values(HiveParser.ValuesClauseContext context) {
        List<HiveParser.ValuesItemContext> first = context.firstValuesRow().valuesItem();
        List<List<Expression>> rows = new ArrayList<>();
        rows.add(first.stream().map(item -> clauses.value(item.expression())).toList());
        context.valuesRow().forEach(row -> rows.add(clauses.valuesRow(row)));
        List<Optional<Identifier>> names =
                first.stream()
                        .map(item -> Optional.ofNullable(item.identifier()).map(source::identifier))
                        .toList();
        return new QueryBody.Values(rows, names, source.span(context));
    }

    // ------------------------------------------------------------ SELECT

    /** A branch of a multi-insert as a query; its FROM is that of the statement. */
    Query branchQuery(HiveParser.InsertBranchContext context) {
        SourceSpan span = source.span(context.selectClause().getStart(), context.getStop());
        List<LateralView> views =
                context.lateralView().stream().map(relations::lateralView).toList();
        QueryBody body =
                select(context.selectClause(), Optional.empty(), views, context.selectRest(), span);
        return query(Optional.empty(), body, context.queryTail(), span);
    }

    private QueryBody.Select select(
            HiveParser.SelectClauseContext clause,
            Optional<Relation> from,
            List<LateralView> views,
            HiveParser.SelectRestContext rest,
            SourceSpan span) {
        return new QueryBody.Select(
                clause.setQuantifier() != null && clause.setQuantifier().KW_DISTINCT() != null,
                clause.selectItem().stream().map(this::selectItem).toList(),
                clause.transformScript() == null
                        ? Optional.empty()
                        : Optional.of(transform(clause)),
                from,
                views,
                Optional.ofNullable(rest.whereClause())
                        .map(c -> expressions.expression(c.expression())),
                Optional.ofNullable(rest.groupByClause()).map(this::groupBy),
                Optional.ofNullable(rest.havingClause())
                        .map(c -> expressions.expression(c.expression())),
                rest.windowClause() == null
                        ? List.of()
                        : rest.windowClause().namedWindow().stream()
                                .map(this::namedWindow)
                                .toList(),
                Optional.ofNullable(rest.qualifyClause())
                        .map(c -> expressions.expression(c.expression())),
                source.hintsAfter(clause.getStart()),
                span);
    }

    private SelectItem selectItem(HiveParser.SelectItemContext context) {
        if (context.star() != null) {
            return new SelectItem(
                    expressions.calls().star(context.star()), List.of(), source.span(context));
        }
        List<Identifier> aliases =
                context.aliasIdentifier() != null
                        ? List.of(source.identifier(context.aliasIdentifier()))
                        : source.identifiers(context.identifier());
        return new SelectItem(
                expressions.expression(context.expression()), aliases, source.span(context));
    }

    private Transform transform(HiveParser.SelectClauseContext clause) {
        HiveParser.TransformScriptContext context = clause.transformScript();
        List<TransformColumn> columns =
                context.transformColumns() == null
                        ? List.of()
                        : context.transformColumns().transformColumn().stream()
                                .map(this::transformColumn)
                                .toList();
        return new Transform(
                clause.transformInputs().functionArgument().stream()
                        .map(expressions.calls()::argument)
                        .toList(),
                Optional.ofNullable(context.inFormat).map(clauses::rowFormat),
                Optional.ofNullable(source.string(context.writer)),
                source.string(context.script),
                columns,
                Optional.ofNullable(context.outFormat).map(clauses::rowFormat),
                Optional.ofNullable(source.string(context.reader)),
                source.span(clause));
    }

    private TransformColumn transformColumn(HiveParser.TransformColumnContext context) {
        return new TransformColumn(
                source.identifier(context.identifier()),
                Optional.ofNullable(context.type()).map(types::type),
                source.span(context));
    }

    private GroupBy groupBy(HiveParser.GroupByClauseContext context) {
        List<Expression> keys = expressions.expressions(context.expression());
        GroupBy.Kind kind = GroupBy.Kind.PLAIN;
        List<List<Expression>> sets = List.of();
        if (context.KW_ROLLUP() != null) {
            kind = GroupBy.Kind.ROLLUP;
        } else if (context.KW_CUBE() != null) {
            kind = GroupBy.Kind.CUBE;
        } else if (context.groupingSets() != null) {
            kind = GroupBy.Kind.SETS;
            sets = context.groupingSets().groupingSet().stream().map(this::groupingSet).toList();
        }
        if (context.groupingSets() != null && kind != GroupBy.Kind.SETS) {
            throw SourceText.error(
                    context.groupingSets(), "GROUPING SETS must not follow WITH ROLLUP or CUBE");
        }
        return new GroupBy(kind, keys, sets, source.span(context));
    }

    private List<Expression> groupingSet(HiveParser.GroupingSetContext context) {
        if (context.expression() == null) {
            return List.of();
        }
        return ExpressionBuilder.unwrapped(List.of(expressions.expression(context.expression())));
    }

    private NamedWindow namedWindow(HiveParser.NamedWindowContext context) {
        return new NamedWindow(
                source.identifier(context.identifier()),
                expressions.calls().windows().windowSpec(context.windowSpecification()),
                source.span(context));
    }
}
