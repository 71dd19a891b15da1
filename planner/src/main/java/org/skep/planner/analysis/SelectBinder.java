package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.GroupBy;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.LateralView;
import org.skep.parser.ast.NamedWindow;
import org.skep.parser.ast.QueryBody;
import org.skep.parser.ast.SelectItem;
import org.skep.parser.ast.SortItem;
import org.skep.types.StructType;

/**
 * Binds one SELECT block with its ORDER BY. All expressions are bound over the block's input first;
 * those above a GROUP BY or a window are then moved over its result. Confined to one thread.
 */
final class SelectBinder {
    private final QueryBinder queries;
    private final BindSession session;
    private final RexFactory rex;
    private final Scope outer;

    SelectBinder(QueryBinder queries, Scope outer) {
        this.queries = queries;
        this.outer = outer;
        session = queries.session();
        rex = session.rex();
    }

    /** An item of the select list, stars written out. */
    private record Item(RexNode node, String name, String relation, SourceLocation location) {}

    BoundQuery bind(QueryBody.Select select, List<SortItem> order) {
        if (select.transform().isPresent()) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    select.transform().get().location(),
                    "TRANSFORM is not supported yet");
        }
        RelationBinder.Bound from = from(select);
        Scope scope = new Scope(from.rel(), from.columns(), outer);
        RelNode input = from.rel();
        if (select.where().isPresent()) {
            RexNode condition =
                    new ExpressionBinder(rex, queries, scope, null, null)
                            .condition(select.where().get());
            input = new SubqueryUnnester(rex, scope).filter(input, condition);
        }
        if (isTableFunction(select)) {
            return tableFunction(select, input, scope, order);
        }
        return new Block(select, order, input, scope).bind();
    }

    private RelationBinder.Bound from(QueryBody.Select select) {
        RelationBinder relations = new RelationBinder(queries, outer);
        RelationBinder.Bound from =
                select.from()
                        .map(relations::bind)
                        .orElseGet(() -> new RelationBinder.Bound(session.oneRow(), List.of()));
        for (LateralView view : select.lateralViews()) {
            from = relations.lateral(from, view);
        }
        return from;
    }

    private boolean isTableFunction(QueryBody.Select select) {
        return select.items().stream()
                .anyMatch(
                        item ->
                                item.expression() instanceof Expression.FunctionCall call
                                        && call.over().isEmpty()
                                        && session.environment()
                                                .functions()
                                                .scalar(call.name().toString())
                                                .isEmpty()
                                        && session.environment()
                                                .functions()
                                                .table(call.name().toString())
                                                .isPresent());
    }

    private BoundQuery tableFunction(
            QueryBody.Select select, RelNode input, Scope scope, List<SortItem> order) {
        SelectItem item = select.items().get(0);
        if (select.items().size() > 1) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    select.items().get(1).location(),
                    "Only a single expression in the SELECT clause is supported with UDTF's");
        }
        ExpressionBinder binder = new ExpressionBinder(rex, queries, scope, null, null);
        RelationBinder.Generated generated =
                new RelationBinder(queries, outer)
                        .generate(
                                input, binder, (Expression.FunctionCall) item.expression(), false);
        int width = input.getRowType().getFieldCount();
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> relations = new ArrayList<>();
        List<StructType.Field> fields = generated.columns().fields();
        if (!item.aliases().isEmpty() && item.aliases().size() != fields.size()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    item.location(),
                    "Function makes %d columns, named are %d"
                            .formatted(fields.size(), item.aliases().size()));
        }
        for (int i = 0; i < fields.size(); i++) {
            columns.add(rex.column(generated.rel().getRowType(), width + i));
            names.add(
                    item.aliases().isEmpty() ? fields.get(i).name() : item.aliases().get(i).name());
            relations.add(null);
        }
        RelNode projected = QueryBinder.project(generated.rel(), columns);
        if (select.distinct()) {
            projected = queries.distinct(projected);
        }
        List<ScopeColumn> shown = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            shown.add(new ScopeColumn(null, null, names.get(i), fields.get(i).type(), i, false));
        }
        Scope output = new Scope(projected, shown, outer);
        List<RexNode> keys = new ArrayList<>();
        for (SortItem key : order) {
            Integer position = queries.position(key.expression(), names.size());
            keys.add(
                    position != null
                            ? columns.get(position)
                            : new ExpressionBinder(rex, queries, output, null, null)
                                    .bind(key.expression()));
        }
        return new BoundQuery(queries.sort(projected, order, keys), names, relations);
    }

    /** The part of the work after WHERE. */
    private final class Block {
        private final QueryBody.Select select;
        private final List<SortItem> order;
        private final RelNode input;
        private final Scope scope;
        private final WindowCollector windows = new WindowCollector();
        private List<List<Integer>> sets;

        Block(QueryBody.Select select, List<SortItem> order, RelNode input, Scope scope) {
            this.select = select;
            this.order = order;
            this.input = input;
            this.scope = scope;
            for (NamedWindow window : select.windows()) {
                if (windows.named().put(window.name().name(), window.window()) != null) {
                    throw new SkepException(
                            ErrorCode.SEMANTIC_ERROR,
                            window.name().location(),
                            "Window is defined twice: " + window.name());
                }
            }
        }

        BoundQuery bind() {
            List<RexNode> keys = select.groupBy().map(this::groupKeys).orElse(List.of());
            AggregateCollector aggregates = new AggregateCollector(keys);
            scope.collect(aggregates);
            ExpressionBinder binder =
                    new ExpressionBinder(rex, queries, scope, aggregates, windows);
            List<Item> items = items(binder);
            Map<String, RexNode> aliases = new HashMap<>();
            items.forEach(item -> aliases.putIfAbsent(item.name(), item.node()));
            RexNode having =
                    select.having()
                            .map(
                                    h ->
                                            new ExpressionBinder(
                                                            rex, queries, scope, aggregates, null)
                                                    .seeing(aliases, false)
                                                    .condition(h))
                            .orElse(null);
            RexNode qualify =
                    select.qualify()
                            .map(
                                    q ->
                                            new ExpressionBinder(
                                                            rex,
                                                            queries,
                                                            scope,
                                                            aggregates,
                                                            windows)
                                                    .seeing(aliases, false)
                                                    .condition(q))
                            .orElse(null);
            List<RexNode> orderKeys = orderKeys(items, aliases, aggregates);
            RelNode rel = input;
            CorrelationId correlation = scope.correlation().orElse(null);
            if (select.groupBy().isPresent() || !aggregates.calls().isEmpty() || having != null) {
                Aggregation aggregation = new Aggregation(session, scope, aggregates, sets);
                rel = aggregation.build(input);
                if (having != null && select.groupBy().isEmpty()) {
                    refuseColumns(having, aggregation);
                }
                items = items.stream().map(item -> moved(item, aggregation)).toList();
                orderKeys = move(orderKeys, items, aggregation);
                if (having != null) {
                    RexNode moved =
                            at(select.having().get().location(), () -> aggregation.move(having));
                    rel = filter(rel, moved, aggregation.correlation());
                }
                RexNode movedQualify = qualify == null ? null : aggregation.move(qualify);
                correlation = aggregation.correlation();
                return finish(rel, items, orderKeys, movedQualify, correlation, aggregation::move);
            }
            return finish(rel, items, orderKeys, qualify, correlation, node -> node);
        }

        private void refuseColumns(RexNode having, Aggregation aggregation) {
            try {
                aggregation.move(having);
            } catch (SkepException e) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        select.having().get().location(),
                        "HAVING specified without GROUP BY",
                        e);
            }
        }

        private Item moved(Item item, Aggregation aggregation) {
            return new Item(
                    at(item.location(), () -> aggregation.move(item.node())),
                    item.name(),
                    item.relation(),
                    item.location());
        }

        // ORDER BY sees what is selected, so a column that is not grouped by is none for it.
        private List<RexNode> move(List<RexNode> keys, List<Item> items, Aggregation aggregation) {
            List<RexNode> moved = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                SourceLocation place = order.get(i).expression().location();
                try {
                    moved.add(aggregation.move(keys.get(i)));
                } catch (SkepException e) {
                    if (e.code() != ErrorCode.NOT_IN_GROUP_BY) {
                        throw e.at(place);
                    }
                    String name = e.getMessage().substring(e.getMessage().indexOf(": ") + 2);
                    throw new SkepException(
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            place,
                            "Column not found: %s (possible column names are: %s)"
                                    .formatted(
                                            name,
                                            items.stream()
                                                    .map(Item::name)
                                                    .collect(Collectors.joining(", "))),
                            e);
                }
            }
            return moved;
        }

        private RelNode filter(RelNode rel, RexNode condition, CorrelationId correlation) {
            return org.apache.calcite.rel.logical.LogicalFilter.create(
                    rel,
                    condition,
                    correlation == null
                            ? com.google.common.collect.ImmutableSet.of()
                            : com.google.common.collect.ImmutableSet.of(correlation));
        }

        private RelNode windowed(
                Windows built, RelNode rel, java.util.function.UnaryOperator<RexNode> move) {
            try {
                return built.build(rel, queries.identity(rel), move);
            } catch (SkepException e) {
                throw new SkepException(ErrorCode.SEMANTIC_ERROR, e.getMessage(), e);
            }
        }

        private BoundQuery finish(
                RelNode below,
                List<Item> items,
                List<RexNode> orderKeys,
                RexNode qualify,
                CorrelationId correlation,
                java.util.function.UnaryOperator<RexNode> move) {
            RelNode rel = below;
            List<RexNode> columns = items.stream().map(Item::node).toList();
            List<RexNode> keys = orderKeys;
            if (!windows.calls().isEmpty()) {
                Windows built = new Windows(session, windows);
                rel = windowed(built, rel, move);
                columns = columns.stream().map(built::move).toList();
                keys = keys.stream().map(built::move).toList();
                if (qualify != null) {
                    rel = filter(rel, built.move(qualify), null);
                }
            } else if (qualify != null) {
                rel = filter(rel, qualify, correlation);
            }
            List<String> names = items.stream().map(Item::name).toList();
            List<String> relations = new ArrayList<>();
            items.forEach(item -> relations.add(item.relation()));
            Set<CorrelationId> variables = correlation == null ? Set.of() : Set.of(correlation);
            RelNode result =
                    select.distinct()
                            ? distinct(rel, columns, keys, variables)
                            : sorted(rel, columns, keys, variables);
            return new BoundQuery(result, names, relations);
        }

        private RelNode distinct(
                RelNode rel,
                List<RexNode> columns,
                List<RexNode> keys,
                Set<CorrelationId> variables) {
            RelNode distinct = queries.distinct(project(rel, columns, variables));
            List<RexNode> outputKeys = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                int column = columns.indexOf(keys.get(i));
                if (column < 0 && RexFactory.constantOf(keys.get(i)).isEmpty()) {
                    throw new SkepException(
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            order.get(i).expression().location(),
                            "ORDER BY of SELECT DISTINCT must use columns of the select list");
                }
                outputKeys.add(
                        column < 0 ? keys.get(i) : rex.column(distinct.getRowType(), column));
            }
            return queries.sort(distinct, order, outputKeys);
        }

        private RelNode sorted(
                RelNode rel,
                List<RexNode> columns,
                List<RexNode> keys,
                Set<CorrelationId> variables) {
            List<RexNode> wide = new ArrayList<>(columns);
            List<Integer> keyColumns = new ArrayList<>();
            for (RexNode key : keys) {
                int column = wide.indexOf(key);
                if (column < 0) {
                    wide.add(key);
                    column = wide.size() - 1;
                }
                keyColumns.add(column);
            }
            RelNode projected = project(rel, wide, variables);
            List<RexNode> outputKeys =
                    keyColumns.stream()
                            .map(column -> rex.column(projected.getRowType(), column))
                            .toList();
            for (int i = 0; i < keys.size(); i++) {
                if (RexFactory.constantOf(keys.get(i)).isPresent()) {
                    outputKeys = new ArrayList<>(outputKeys);
                    outputKeys.set(i, keys.get(i));
                }
            }
            RelNode sorted = queries.sort(projected, order, outputKeys);
            return wide.size() == columns.size()
                    ? sorted
                    : QueryBinder.project(
                            sorted, queries.identity(sorted).subList(0, columns.size()));
        }

        private RelNode project(RelNode rel, List<RexNode> columns, Set<CorrelationId> variables) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                names.add("c" + i);
            }
            return LogicalProject.create(rel, List.of(), columns, names, variables);
        }

        private List<RexNode> groupKeys(GroupBy groupBy) {
            ExpressionBinder binder = new ExpressionBinder(rex, queries, scope, null, null);
            List<RexNode> keys = new ArrayList<>();
            for (Expression expression : groupBy.expressions()) {
                RexNode key = groupKey(binder, expression);
                if (!keys.contains(key)) {
                    keys.add(key);
                }
            }
            switch (groupBy.kind()) {
                case PLAIN -> sets = null;
                case ROLLUP -> sets = Aggregation.rollup(keys.size());
                case CUBE -> sets = Aggregation.cube(keys.size());
                case SETS -> {
                    sets = new ArrayList<>();
                    for (List<Expression> set : groupBy.sets()) {
                        List<Integer> indexes = new ArrayList<>();
                        for (Expression expression : set) {
                            RexNode key = setKey(binder, expression);
                            if (!groupBy.expressions().isEmpty() && !keys.contains(key)) {
                                throw new SkepException(
                                        ErrorCode.SEMANTIC_ERROR,
                                        expression.location(),
                                        "Grouping sets expression is not in GROUP BY key");
                            }
                            if (!keys.contains(key)) {
                                keys.add(key);
                            }
                            indexes.add(keys.indexOf(key));
                        }
                        sets.add(indexes);
                    }
                }
            }
            return keys;
        }

        private RexNode setKey(ExpressionBinder binder, Expression expression) {
            try {
                return groupKey(binder, expression);
            } catch (SkepException e) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR, expression.location(), e.getMessage(), e);
            }
        }

        private RexNode groupKey(ExpressionBinder binder, Expression expression) {
            if (expression instanceof Expression.NumericLiteral literal
                    && literal.kind() == Expression.NumericLiteral.Kind.INT
                    && session.environment().isOn("hive.groupby.position.alias", false)) {
                int position = literal.value().intValue();
                if (position < 1 || position > select.items().size()) {
                    throw new SkepException(
                            ErrorCode.GROUP_BY_POSITION,
                            expression.location(),
                            "Position in GROUP BY must be between 1 and %d: %d"
                                    .formatted(select.items().size(), position));
                }
                return binder.bind(select.items().get(position - 1).expression());
            }
            return binder.bind(expression);
        }

        private List<Item> items(ExpressionBinder binder) {
            List<Item> items = new ArrayList<>();
            for (SelectItem item : select.items()) {
                if (item.expression() instanceof Expression.Star star) {
                    star(star, items);
                } else if (item.expression() instanceof Expression.ColumnReference reference
                        && isPattern(reference)) {
                    matching(reference, items);
                } else {
                    Expression expression = item.expression();
                    RexNode node = binder.bind(expression);
                    String relation = null;
                    String name;
                    if (!item.aliases().isEmpty()) {
                        name = item.aliases().get(0).name();
                    } else {
                        name = nameOf(expression, items.size());
                    }
                    items.add(new Item(node, name, relation, expression.location()));
                }
            }
            return items;
        }

        // With hive.support.quoted.identifiers=none a name in backquotes is a pattern for columns.
        private boolean isPattern(Expression.ColumnReference reference) {
            Identifier last = reference.path().get(reference.path().size() - 1);
            return last.quoted()
                    && reference.path().size() <= 2
                    && !last.text().matches("\\w+")
                    && "none"
                            .equalsIgnoreCase(
                                    session.environment()
                                            .setting("hive.support.quoted.identifiers"));
        }

        private void matching(Expression.ColumnReference reference, List<Item> items) {
            List<Identifier> path = reference.path();
            Identifier last = path.get(path.size() - 1);
            Pattern pattern = Pattern.compile(last.text(), Pattern.CASE_INSENSITIVE);
            for (ScopeColumn column :
                    scope.star(path.subList(0, path.size() - 1), reference.location())) {
                if (pattern.matcher(column.name()).matches()) {
                    items.add(
                            new Item(
                                    rex.column(column.type(), column.index()),
                                    column.name(),
                                    column.relation(),
                                    reference.location()));
                }
            }
        }

        private void star(Expression.Star star, List<Item> items) {
            List<ScopeColumn> columns = scope.star(star.qualifier(), star.location());
            for (ScopeColumn column : columns) {
                items.add(
                        new Item(
                                rex.column(column.type(), column.index()),
                                column.name(),
                                column.relation(),
                                star.location()));
            }
            session.replace(
                    star.span().start(),
                    star.span().end(),
                    columns.stream()
                            .map(
                                    c ->
                                            (c.relation() == null ? "" : "`" + c.relation() + "`.")
                                                    + "`"
                                                    + c.name()
                                                    + "`")
                            .collect(Collectors.joining(", ")));
        }

        private String nameOf(Expression expression, int position) {
            if (expression instanceof Expression.ColumnReference reference) {
                List<Identifier> path = reference.path();
                return path.get(path.size() - 1).name();
            }
            if (expression instanceof Expression.FieldAccess access) {
                return access.field().name();
            }
            return "_c" + position;
        }

        private List<RexNode> orderKeys(
                List<Item> items, Map<String, RexNode> aliases, AggregateCollector aggregates) {
            List<RexNode> keys = new ArrayList<>();
            Set<String> ambiguous = new HashSet<>();
            Map<String, RexNode> usable = new HashMap<>(aliases);
            for (Item item : items) {
                if (!aliases.get(item.name()).equals(item.node())) {
                    ambiguous.add(item.name());
                }
            }
            ambiguous.forEach(usable::remove);
            ExpressionBinder binder =
                    new ExpressionBinder(rex, queries, scope, aggregates, windows)
                            .seeing(usable, true);
            for (SortItem item : order) {
                Integer position = queries.position(item.expression(), items.size());
                keys.add(
                        position != null
                                ? items.get(position).node()
                                : binder.bind(item.expression()));
            }
            return keys;
        }
    }

    private static <T> T at(SourceLocation location, java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (SkepException e) {
            throw e.at(location);
        }
    }
}
