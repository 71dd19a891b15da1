package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.TableFunction;
import org.skep.metastore.Table;
import org.skep.parser.SqlParser;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.JoinKind;
import org.skep.parser.ast.LateralView;
import org.skep.parser.ast.Node;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.Relation;
import org.skep.parser.ast.TableSample;
import org.skep.planner.rel.GenerateRel;
import org.skep.planner.rel.RelTypes;
import org.skep.planner.rel.TableHandle;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.StructType;

/** Binds what FROM reads. Confined to one thread. */
final class RelationBinder implements Relation.Visitor<RelationBinder.Bound> {
    /** A relation with the columns that it offers. */
    record Bound(RelNode rel, List<ScopeColumn> columns) {}

    private final QueryBinder queries;
    private final BindSession session;
    private final RexFactory rex;
    private final Scope outer;

    RelationBinder(QueryBinder queries, Scope outer) {
        this.queries = queries;
        this.outer = outer;
        session = queries.session();
        rex = session.rex();
    }

    Bound bind(Relation relation) {
        return relation.accept(this);
    }

    @Override
    public Bound tableReference(Relation.TableReference node) {
        QualifiedName name = node.name();
        String alias = node.alias().map(Identifier::name).orElse(name.last().name());
        if (name.parts().size() == 1) {
            Optional<BoundQuery> common = queries.commonTable(name.last());
            if (common.isPresent()) {
                return sampled(columnsOf(common.get(), alias), node.sample());
            }
        }
        Table table = table(name);
        session.read(table);
        session.replace(
                name.span().start(),
                name.span().end(),
                "`%s`.`%s`".formatted(table.database(), table.name()));
        if (table.isView()) {
            return sampled(view(table, alias, node), node.sample());
        }
        TableHandle handle =
                new TableHandle(table, session.environment().estimate(table), session.types());
        RelNode scan = LogicalTableScan.create(session.cluster(), handle, List.of());
        List<ScopeColumn> columns = new ArrayList<>();
        int visible = table.allColumns().size();
        RelDataType row = scan.getRowType();
        for (int i = 0; i < row.getFieldCount(); i++) {
            columns.add(
                    new ScopeColumn(
                            table.database(),
                            alias,
                            row.getFieldNames().get(i),
                            RelTypes.fromRel(row.getFieldList().get(i).getType()),
                            i,
                            i >= visible));
        }
        Bound bound = new Bound(scan, columns);
        if (node.sample().isPresent() && node.sample().get().kind() == TableSample.Kind.BUCKET) {
            return bucket(bound, table, node.sample().get());
        }
        return sampled(bound, node.sample());
    }

    // The rows whose hash, as Hive's second version of bucketing computes it, falls into one of the
    // buckets.
    private Bound bucket(Bound bound, Table table, TableSample sample) {
        if (!sample.expressions().isEmpty() && sample.amount().longValue() > sample.buckets()) {
            throw new SkepException(
                    ErrorCode.SAMPLE_BUCKET_TOO_HIGH,
                    sample.location(),
                    "Numerator should not be bigger than denominator in sample clause for table "
                            + table.name());
        }
        List<RexNode> keys;
        if (sample.expressions().isEmpty()) {
            List<String> names = table.bucketing().map(b -> b.columns()).orElse(List.of());
            keys =
                    bound.columns().stream()
                            .filter(column -> names.contains(column.name()))
                            .map(column -> rex.column(column.type(), column.index()))
                            .toList();
            if (keys.isEmpty()) {
                throw new SkepException(
                        ErrorCode.SAMPLE_NEEDS_EXPRESSION,
                        sample.location(),
                        "TABLESAMPLE needs ON for a table that is not bucketed: "
                                + table.qualifiedName());
            }
        } else {
            Scope scope = new Scope(bound.rel(), bound.columns(), outer);
            keys =
                    new ExpressionBinder(rex, queries, scope, null, null)
                            .bindAll(sample.expressions());
        }
        RexNode hash = rex.call("murmur_hash", keys);
        RexNode positive =
                rex.call("&", List.of(hash, rex.constant(Datum.ofInt(Integer.MAX_VALUE))));
        RexNode bucket =
                rex.call("%", List.of(positive, rex.constant(Datum.ofInt((int) sample.buckets()))));
        RexNode wanted =
                rex.compare("=", bucket, rex.constant(Datum.ofInt(sample.amount().intValue() - 1)));
        return new Bound(
                org.apache.calcite.rel.logical.LogicalFilter.create(bound.rel(), wanted),
                bound.columns());
    }

    private Table table(QualifiedName name) {
        String database =
                name.parts().size() > 1
                        ? name.parts().get(name.parts().size() - 2).name()
                        : queries.database();
        String table = name.last().name();
        return session.environment()
                .table(database, table)
                .orElseThrow(
                        () -> {
                            String nearest =
                                    session.environment().databaseExists(database)
                                            ? Scope.Nearest.to(
                                                            table,
                                                            session.environment()
                                                                    .tableNames(database))
                                                    .map("; did you mean %s?"::formatted)
                                                    .orElse("")
                                            : "";
                            return new SkepException(
                                    ErrorCode.TABLE_NOT_FOUND,
                                    name.location(),
                                    "Table not found: " + name + nearest);
                        });
    }

    private Bound view(Table view, String alias, Node place) {
        session.enterView(view);
        try {
            Query query = new SqlParser().parseQuery(view.view().orElseThrow().expandedText());
            BoundQuery bound = new QueryBinder(session, view.database()).bind(query);
            List<String> names =
                    view.allColumns().stream().map(org.skep.metastore.Column::name).toList();
            List<DataType> types =
                    view.allColumns().stream().map(c -> DataType.parse(c.typeName())).toList();
            RelNode cast = queries.castColumns(bound.rel(), types);
            return columnsOf(new BoundQuery(cast, names, bound.relations()), alias);
        } catch (SkepException e) {
            throw new SkepException(
                    e.code(),
                    place.location(),
                    "View %s: %s".formatted(view.qualifiedName(), e.getMessage()),
                    e);
        } finally {
            session.leaveView();
        }
    }

    private Bound sampled(Bound bound, Optional<TableSample> sample) {
        if (sample.isEmpty()) {
            return bound;
        }
        if (sample.get().kind() == TableSample.Kind.ROWS) {
            RexNode count = rex.rexBuilder().makeExactLiteral(sample.get().amount());
            return new Bound(
                    LogicalSort.create(bound.rel(), RelCollations.EMPTY, null, count),
                    bound.columns());
        }
        checkPercent(sample.get());
        if (sample.get().kind() == TableSample.Kind.PERCENT
                || sample.get().kind() == TableSample.Kind.BYTES) {
            // Hive samples whole blocks; everything is in the first one of a small table.
            return bound;
        }
        throw new SkepException(
                ErrorCode.NOT_SUPPORTED,
                sample.get().location(),
                "TABLESAMPLE of buckets needs a table");
    }

    private static void checkPercent(TableSample sample) {
        boolean outside =
                sample.amount().signum() < 0
                        || sample.amount().compareTo(java.math.BigDecimal.valueOf(100)) > 0;
        if (sample.kind() == TableSample.Kind.PERCENT && outside) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    sample.location(),
                    "Sampling percentage should be between 0 and 100: " + sample.amount());
        }
    }

    private Bound columnsOf(BoundQuery bound, String alias) {
        List<ScopeColumn> columns = new ArrayList<>();
        for (int i = 0; i < bound.names().size(); i++) {
            DataType type =
                    RelTypes.fromRel(bound.rel().getRowType().getFieldList().get(i).getType());
            columns.add(new ScopeColumn(null, alias, bound.names().get(i), type, i, false));
        }
        return new Bound(bound.rel(), columns);
    }

    @Override
    public Bound subqueryRelation(Relation.SubqueryRelation node) {
        BoundQuery bound = QueryBinder.renamed(queries.bind(node.query(), null), node.columns());
        return sampled(
                columnsOf(bound, node.alias().map(Identifier::name).orElse(null)), node.sample());
    }

    @Override
    public Bound join(Relation.Join node) {
        Bound left = bind(node.left());
        Bound right = bind(node.right());
        checkAliases(left, right, aliasOf(node.right()));
        int width = left.rel().getRowType().getFieldCount();
        List<ScopeColumn> columns = new ArrayList<>(left.columns());
        right.columns().forEach(column -> columns.add(column.shifted(width)));
        JoinRelType type = joinType(node.kind());
        // The condition sees both sides, whatever the join lets out.
        RelNode pairs =
                LogicalJoin.create(
                        left.rel(),
                        right.rel(),
                        List.of(),
                        rex.constant(Datum.ofBoolean(true)),
                        Set.of(),
                        JoinRelType.INNER);
        Scope scope = new Scope(pairs, columns, outer);
        List<ScopeColumn> shown = new ArrayList<>(columns);
        RexNode condition;
        if (!node.using().isEmpty()) {
            condition =
                    using(
                            node,
                            left.columns(),
                            columns.subList(left.columns().size(), columns.size()),
                            shown);
        } else {
            condition =
                    node.condition()
                            .map(c -> condition(scope, c))
                            .orElseGet(() -> rex.constant(Datum.ofBoolean(true)));
        }
        RelNode join =
                LogicalJoin.create(left.rel(), right.rel(), List.of(), condition, Set.of(), type);
        return new Bound(
                join,
                type == JoinRelType.SEMI || type == JoinRelType.ANTI ? left.columns() : shown);
    }

    // What a join's condition does not find is a table to Hive.
    private RexNode condition(Scope scope, Expression written) {
        try {
            return new ExpressionBinder(rex, queries, scope, null, null).condition(written);
        } catch (SkepException e) {
            if (e.code() == ErrorCode.INVALID_COLUMN_REFERENCE) {
                throw new SkepException(
                        ErrorCode.INVALID_TABLE_ALIAS,
                        e.location().orElse(written.location()),
                        e.getMessage(),
                        e);
            }
            throw e;
        }
    }

    private static SourceLocation aliasOf(Relation relation) {
        Optional<Identifier> alias =
                relation instanceof Relation.TableReference table
                        ? table.alias()
                        : relation instanceof Relation.SubqueryRelation subquery
                                ? subquery.alias()
                                : Optional.empty();
        return alias.map(Identifier::location).orElse(relation.location());
    }

    private static void checkAliases(Bound left, Bound right, SourceLocation place) {
        Set<String> aliases = new HashSet<>();
        left.columns().forEach(column -> aliases.add(column.relation()));
        for (ScopeColumn column : right.columns()) {
            if (column.relation() != null && aliases.contains(column.relation())) {
                throw new SkepException(
                        ErrorCode.AMBIGUOUS_TABLE_ALIAS,
                        place,
                        "Table alias is ambiguous: " + column.relation());
            }
        }
    }

    private RexNode using(
            Relation.Join node,
            List<ScopeColumn> left,
            List<ScopeColumn> right,
            List<ScopeColumn> shown) {
        List<RexNode> equal = new ArrayList<>();
        for (Identifier name : node.using()) {
            ScopeColumn a = only(left, name);
            ScopeColumn b = only(right, name);
            equal.add(
                    rex.compare(
                            "=", rex.column(a.type(), a.index()), rex.column(b.type(), b.index())));
            boolean keepRight = node.kind() == JoinKind.RIGHT_OUTER;
            shown.replaceAll(column -> column.equals(keepRight ? a : b) ? column.hide() : column);
        }
        return rex.and(equal);
    }

    private static ScopeColumn only(List<ScopeColumn> columns, Identifier name) {
        return columns.stream()
                .filter(column -> !column.hidden() && column.name().equals(name.name()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.INVALID_COLUMN_REFERENCE,
                                        name.location(),
                                        "Column not found: " + name.name()));
    }

    private static JoinRelType joinType(JoinKind kind) {
        return switch (kind) {
            case INNER, CROSS, COMMA -> JoinRelType.INNER;
            case LEFT_OUTER -> JoinRelType.LEFT;
            case RIGHT_OUTER -> JoinRelType.RIGHT;
            case FULL_OUTER -> JoinRelType.FULL;
            case LEFT_SEMI -> JoinRelType.SEMI;
            case LEFT_ANTI -> JoinRelType.ANTI;
        };
    }

    @Override
    public Bound lateralRelation(Relation.LateralRelation node) {
        return lateral(bind(node.input()), node.view());
    }

    /** The rows of a relation with those that a table function makes of each. */
    Bound lateral(Bound input, LateralView view) {
        Scope scope = new Scope(input.rel(), input.columns(), outer);
        ExpressionBinder binder = new ExpressionBinder(rex, queries, scope, null, null);
        Generated generated = generate(input.rel(), binder, view.function(), view.outer());
        List<ScopeColumn> columns = new ArrayList<>(input.columns());
        int width = input.rel().getRowType().getFieldCount();
        if (view.columns().size() > generated.columns().fields().size()) {
            throw new SkepException(
                    ErrorCode.TABLE_FUNCTION_ALIASES,
                    view.location(),
                    "Function makes %d columns, named are %d"
                            .formatted(generated.columns().fields().size(), view.columns().size()));
        }
        for (int i = 0; i < generated.columns().fields().size(); i++) {
            StructType.Field field = generated.columns().fields().get(i);
            String name = i < view.columns().size() ? view.columns().get(i).name() : field.name();
            columns.add(
                    new ScopeColumn(
                            null,
                            view.alias().map(Identifier::name).orElse(null),
                            name,
                            field.type(),
                            width + i,
                            false));
        }
        return new Bound(generated.rel(), columns);
    }

    /** A call of a table function with the columns that it makes. */
    record Generated(RelNode rel, StructType columns) {}

    Generated generate(
            RelNode input,
            ExpressionBinder binder,
            Expression.FunctionCall call,
            boolean outerCall) {
        String name = call.name().toString();
        TableFunction function =
                session.environment()
                        .functions()
                        .table(name)
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.FUNCTION_NOT_FOUND,
                                                call.location(),
                                                "Table function not found: " + name));
        List<RexNode> arguments = binder.bindArguments(call.arguments());
        Binding binding;
        List<RexNode> cast = new ArrayList<>();
        try {
            binding =
                    function.binder()
                            .bind(
                                    arguments.stream()
                                            .map(
                                                    node ->
                                                            RexFactory.constantOf(node)
                                                                    .map(Argument::of)
                                                                    .orElseGet(
                                                                            () ->
                                                                                    Argument.of(
                                                                                            RexFactory
                                                                                                    .typeOf(
                                                                                                            node))))
                                            .toList());
            for (int i = 0; i < arguments.size(); i++) {
                cast.add(rex.cast(arguments.get(i), binding.argumentTypes().get(i)));
            }
        } catch (SkepException e) {
            throw new SkepException(ErrorCode.SEMANTIC_ERROR, call.location(), e.getMessage(), e);
        }
        StructType made = (StructType) binding.returnType();
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        List<DataType> types = new ArrayList<>(RelTypes.columns(input.getRowType()));
        made.fields().forEach(field -> names.add("$" + names.size() + field.name()));
        made.fields().forEach(field -> types.add(field.type()));
        return new Generated(
                new GenerateRel(
                        input, function.name(), cast, outerCall, session.types().row(names, types)),
                made);
    }
}
