package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.coerce.TypeRules;
import org.skep.parser.ast.CommonTable;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.FunctionStatement;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.Limit;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.QueryBody;
import org.skep.parser.ast.SortItem;
import org.skep.planner.rel.ValuesRel;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * Binds queries: common tables, set operations, VALUES, ORDER BY and LIMIT; SELECT blocks are
 * {@link SelectBinder}'s. Confined to one thread.
 */
public final class QueryBinder {
    private final BindSession session;
    private final RexFactory rex;
    private final String database;
    private final Map<String, CommonTableScope> commonTables;
    // All tables of the list that the query is itself in, of which it sees also those that come
    // after it.
    private final Map<String, CommonTableScope> laterTables;
    private final String self;

    /** A common table with the ones that it sees itself. */
    private record CommonTableScope(CommonTable table, QueryBinder binder) {}

    /** A binder of queries whose unqualified tables are in {@code database}. */
    public QueryBinder(BindSession session, String database) {
        this(session, database, Map.of(), Map.of(), null);
    }

    private QueryBinder(
            BindSession session,
            String database,
            Map<String, CommonTableScope> commonTables,
            Map<String, CommonTableScope> laterTables,
            String self) {
        this.session = session;
        this.database = database;
        this.commonTables = commonTables;
        this.laterTables = laterTables;
        this.self = self;
        rex = session.rex();
    }

    BindSession session() {
        return session;
    }

    String database() {
        return database;
    }

    /** Binds a whole query. */
    public BoundQuery bind(Query query) {
        return bind(query, null);
    }

    /**
     * Looks whether a macro can be called.
     *
     * @throws SkepException for everything that is wrong with it
     */
    public void check(FunctionStatement.CreateMacro macro) {
        new Macros(this).check(macro);
    }

    /** Binds a query within an expression or relation; {@code outer} may be null. */
    BoundQuery bind(Query query, Scope outer) {
        return withCommonTables(query).bindBody(query, outer);
    }

    RelNode subquery(Query query, Scope outer) {
        return bind(query, outer).rel();
    }

    /** The common table of that name, bound anew, if there is one. */
    Optional<BoundQuery> commonTable(Identifier name) {
        CommonTableScope found = commonTables.get(name.name());
        if (found == null && !name.name().equals(self)) {
            found = laterTables.get(name.name());
        }
        if (found == null) {
            return Optional.empty();
        }
        session.enterCommonTable(name);
        try {
            BoundQuery bound = found.binder.bind(found.table.query());
            return Optional.of(renamed(bound, found.table.columns()));
        } finally {
            session.leaveCommonTable();
        }
    }

    static BoundQuery renamed(BoundQuery bound, List<Identifier> columns) {
        if (columns.isEmpty()) {
            return bound;
        }
        if (columns.size() > bound.names().size()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    columns.get(0).location(),
                    "Query has %d columns, named are %d"
                            .formatted(bound.names().size(), columns.size()));
        }
        List<String> names = new ArrayList<>(bound.names());
        for (int i = 0; i < columns.size(); i++) {
            names.set(i, columns.get(i).name());
        }
        return new BoundQuery(bound.rel(), names, bound.relations());
    }

    private QueryBinder withCommonTables(Query query) {
        if (query.with().isEmpty()) {
            return this;
        }
        QueryBinder binder = this;
        Map<String, CommonTableScope> all = new HashMap<>();
        for (CommonTable table : query.with().get().tables()) {
            if (all.containsKey(table.name().name())) {
                throw new SkepException(
                        ErrorCode.AMBIGUOUS_TABLE_ALIAS,
                        table.name().location(),
                        "Common table must be defined once: " + table.name().name());
            }
            String name = table.name().name();
            QueryBinder inside = new QueryBinder(session, database, binder.commonTables, all, name);
            CommonTableScope defined = new CommonTableScope(table, inside);
            all.put(name, defined);
            Map<String, CommonTableScope> visible = new HashMap<>(binder.commonTables);
            visible.put(name, defined);
            binder = new QueryBinder(session, database, visible, laterTables, self);
        }
        return binder;
    }

    private BoundQuery bindBody(Query query, Scope outer) {
        refuseTwoOrders(query);
        List<SortItem> order = new ArrayList<>(query.orderBy());
        if (order.isEmpty()) {
            order.addAll(query.sortBy());
            for (Expression key : query.clusterBy()) {
                order.add(
                        new SortItem(
                                key, SortItem.Direction.ASCENDING, Optional.empty(), key.span()));
            }
        }
        BoundQuery bound;
        if (query.body() instanceof QueryBody.Select select) {
            bound = new SelectBinder(this, outer).bind(select, order);
        } else {
            bound = sorted(bindBody(query.body(), outer), order, outer);
        }
        return limited(bound, query.limit());
    }

    private static void refuseTwoOrders(Query query) {
        if (query.orderBy().isEmpty()) {
            return;
        }
        String other =
                !query.sortBy().isEmpty()
                        ? "SORT BY"
                        : !query.distributeBy().isEmpty() ? "DISTRIBUTE BY" : null;
        if (other != null) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    query.orderBy().get(0).location(),
                    "Cannot have both ORDER BY and %s clauses".formatted(other));
        }
    }

    private BoundQuery bindBody(QueryBody body, Scope outer) {
        if (body instanceof QueryBody.Select select) {
            return new SelectBinder(this, outer).bind(select, List.of());
        }
        if (body instanceof QueryBody.Nested nested) {
            return bind(nested.query(), outer);
        }
        if (body instanceof QueryBody.Values values) {
            return values(values, outer);
        }
        return setOperation((QueryBody.SetOperation) body, outer);
    }

    private BoundQuery limited(BoundQuery bound, Optional<Limit> limit) {
        if (limit.isEmpty()) {
            return bound;
        }
        RelNode input = bound.rel();
        RexNode offset = limit.get().offset() == 0 ? null : number(limit.get().offset());
        RexNode fetch = number(limit.get().count());
        RelNode result;
        if (input instanceof LogicalSort sort && sort.fetch == null && sort.offset == null) {
            result = LogicalSort.create(sort.getInput(), sort.getCollation(), offset, fetch);
        } else if (input instanceof LogicalProject project
                && project.getInput() instanceof LogicalSort sort
                && sort.fetch == null
                && sort.offset == null
                && project.getVariablesSet().isEmpty()) {
            RelNode inner = LogicalSort.create(sort.getInput(), sort.getCollation(), offset, fetch);
            result = project.copy(project.getTraitSet(), List.of(inner));
        } else {
            result = LogicalSort.create(input, RelCollations.EMPTY, offset, fetch);
        }
        return new BoundQuery(result, bound.names(), bound.relations());
    }

    private RexNode number(long value) {
        return rex.rexBuilder().makeExactLiteral(java.math.BigDecimal.valueOf(value));
    }

    /** Sorts by columns of the output: their names, positions, or expressions over them. */
    private BoundQuery sorted(BoundQuery bound, List<SortItem> order, Scope outer) {
        if (order.isEmpty()) {
            return bound;
        }
        List<ScopeColumn> columns = new ArrayList<>();
        for (int i = 0; i < bound.names().size(); i++) {
            columns.add(
                    new ScopeColumn(
                            null,
                            null,
                            bound.names().get(i),
                            RexFactory.typeOf(rex.column(bound.rel().getRowType(), i)),
                            i,
                            false));
        }
        Scope scope = new Scope(bound.rel(), columns, outer);
        ExpressionBinder binder = new ExpressionBinder(rex, this, scope, null, null);
        List<RexNode> keys = new ArrayList<>();
        for (SortItem item : order) {
            Integer position = position(item.expression(), bound.names().size());
            keys.add(
                    position != null
                            ? rex.column(bound.rel().getRowType(), position)
                            : binder.bind(item.expression()));
        }
        RelNode sorted = sort(bound.rel(), order, keys);
        return new BoundQuery(sorted, bound.names(), bound.relations());
    }

    /** The column (from 0) that an integer literal in ORDER BY names, or null. */
    Integer position(Expression expression, int columns) {
        if (expression instanceof Expression.NumericLiteral literal
                && literal.kind() == Expression.NumericLiteral.Kind.INT
                && session.environment().isOn("hive.orderby.position.alias", true)) {
            int position = literal.value().intValue();
            if (position < 1 || position > columns) {
                throw new SkepException(
                        ErrorCode.ORDER_BY_POSITION,
                        expression.location(),
                        "Position in ORDER BY must be between 1 and %d: %d"
                                .formatted(columns, position));
            }
            return position - 1;
        }
        return null;
    }

    /** Sorts by expressions over the input's columns, which come out unchanged. */
    RelNode sort(RelNode input, List<SortItem> order, List<RexNode> keys) {
        boolean nullsLast = session.environment().isOn("hive.default.nulls.last", true);
        int width = input.getRowType().getFieldCount();
        List<RexNode> extended = new ArrayList<>(identity(input));
        List<RelFieldCollation> collations = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (RexFactory.constantOf(keys.get(i)).isPresent()) {
                continue;
            }
            int column = extended.indexOf(keys.get(i));
            if (column < 0) {
                extended.add(keys.get(i));
                column = extended.size() - 1;
            }
            int field = column;
            if (collations.stream().anyMatch(c -> c.getFieldIndex() == field)) {
                continue;
            }
            SortItem item = order.get(i);
            collations.add(
                    new RelFieldCollation(
                            column,
                            item.direction() == SortItem.Direction.DESCENDING
                                    ? RelFieldCollation.Direction.DESCENDING
                                    : RelFieldCollation.Direction.ASCENDING,
                            WindowBinder.nullsFirst(item, nullsLast)
                                    ? RelFieldCollation.NullDirection.FIRST
                                    : RelFieldCollation.NullDirection.LAST));
        }
        if (collations.isEmpty()) {
            return input;
        }
        if (extended.size() == width) {
            return LogicalSort.create(input, RelCollations.of(collations), null, null);
        }
        RelNode wide = project(input, extended);
        RelNode sorted = LogicalSort.create(wide, RelCollations.of(collations), null, null);
        return project(sorted, identity(sorted).subList(0, width));
    }

    List<RexNode> identity(RelNode input) {
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
            columns.add(rex.column(input.getRowType(), i));
        }
        return columns;
    }

    static RelNode project(RelNode input, List<RexNode> expressions) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            names.add("c" + i);
        }
        return LogicalProject.create(input, List.of(), expressions, names, java.util.Set.of());
    }

    /** Casts the columns of a query; the query itself if none needs it. */
    RelNode castColumns(RelNode input, List<DataType> types) {
        List<RexNode> columns = identity(input);
        List<RexNode> cast = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            cast.add(rex.cast(columns.get(i), types.get(i)));
        }
        return cast.equals(columns) ? input : project(input, cast);
    }

    private BoundQuery values(QueryBody.Values values, Scope outer) {
        Scope scope = new Scope(session.oneRow(), List.of(), outer);
        ExpressionBinder binder = new ExpressionBinder(rex, this, scope, null, null);
        List<List<RexNode>> rows = new ArrayList<>();
        int width = values.rows().get(0).size();
        for (List<Expression> row : values.rows()) {
            if (row.size() != width) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        values.location(),
                        "Rows of VALUES must have %d values: %d".formatted(width, row.size()));
            }
            rows.add(binder.bindAll(row));
        }
        List<DataType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int column = i;
            types.add(
                    rex.commonType(
                            "VALUES",
                            rows.stream().map(row -> RexFactory.typeOf(row.get(column))).toList()));
            names.add(values.names().get(i).map(Identifier::name).orElse("col" + (i + 1)));
        }
        List<List<Datum>> constants = new ArrayList<>();
        boolean allConstant = true;
        for (List<RexNode> row : rows) {
            List<Datum> converted = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                Optional<Datum> value = RexFactory.constantOf(rex.cast(row.get(i), types.get(i)));
                allConstant &= value.isPresent();
                value.ifPresent(converted::add);
            }
            constants.add(converted);
        }
        List<String> relations = new ArrayList<>();
        names.forEach(name -> relations.add(null));
        if (allConstant) {
            return new BoundQuery(
                    new ValuesRel(session.cluster(), session.types().row(names, types), constants),
                    names,
                    relations);
        }
        List<RelNode> branches = new ArrayList<>();
        for (List<RexNode> row : rows) {
            List<RexNode> cast = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                cast.add(rex.cast(row.get(i), types.get(i)));
            }
            branches.add(project(session.oneRow(), cast));
        }
        return new BoundQuery(
                branches.size() == 1 ? branches.get(0) : LogicalUnion.create(branches, true),
                names,
                relations);
    }

    private BoundQuery setOperation(QueryBody.SetOperation operation, Scope outer) {
        List<BoundQuery> inputs = new ArrayList<>();
        for (QueryBody body : operation.inputs()) {
            inputs.add(bindBody(body, outer));
        }
        int width = inputs.get(0).names().size();
        for (int i = 1; i < inputs.size(); i++) {
            if (inputs.get(i).names().size() != width) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        operation.inputs().get(i).location(),
                        "Both sides of %s must have as many columns: %d and %d"
                                .formatted(operation.kind(), width, inputs.get(i).names().size()));
            }
        }
        List<DataType> types = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            types.add(setColumnType(operation, inputs, column));
        }
        List<RelNode> cast = inputs.stream().map(input -> castColumns(input.rel(), types)).toList();
        RelNode result =
                switch (operation.kind()) {
                    case UNION ->
                            operation.distinct()
                                    ? distinct(LogicalUnion.create(cast, true))
                                    : LogicalUnion.create(cast, true);
                    case INTERSECT -> intersectOrExcept(operation, cast, JoinRelType.SEMI);
                    case EXCEPT -> intersectOrExcept(operation, cast, JoinRelType.ANTI);
                };
        List<String> relations = new ArrayList<>();
        inputs.get(0).names().forEach(name -> relations.add(null));
        return new BoundQuery(result, inputs.get(0).names(), relations);
    }

    private DataType setColumnType(
            QueryBody.SetOperation operation, List<BoundQuery> inputs, int column) {
        DataType type = null;
        for (int i = 0; i < inputs.size(); i++) {
            DataType next = RexFactory.typeOf(rex.column(inputs.get(i).rel().getRowType(), column));
            if (type == null) {
                type = next;
                continue;
            }
            Optional<DataType> common = TypeRules.unionType(type, next);
            if (common.isEmpty()) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        operation.inputs().get(i).location(),
                        "Schema of both sides of union should match: Column %s is of type %s on first table and type %s on second table"
                                .formatted(
                                        inputs.get(0).names().get(column),
                                        type.typeName(),
                                        next.typeName()));
            }
            type = common.get();
        }
        return type;
    }

    RelNode distinct(RelNode input) {
        return LogicalAggregate.create(
                input,
                List.of(),
                ImmutableBitSet.range(input.getRowType().getFieldCount()),
                null,
                List.of());
    }

    private RelNode intersectOrExcept(
            QueryBody.SetOperation operation, List<RelNode> inputs, JoinRelType type) {
        if (!operation.distinct()) {
            return new CountedSetOperation(this).bind(operation.kind(), inputs);
        }
        RelNode left = distinct(inputs.get(0));
        for (RelNode right : inputs.subList(1, inputs.size())) {
            int width = left.getRowType().getFieldCount();
            List<RexNode> equal = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                DataType columnType = RexFactory.typeOf(rex.column(left.getRowType(), i));
                equal.add(
                        rex.compare(
                                "<=>",
                                rex.column(columnType, i),
                                rex.column(columnType, width + i)));
            }
            left =
                    LogicalJoin.create(
                            left, right, List.of(), rex.and(equal), java.util.Set.of(), type);
        }
        return left;
    }
}
