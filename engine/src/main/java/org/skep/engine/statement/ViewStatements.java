package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.catalog.CatalogueView;
import org.skep.engine.catalog.TableName;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.SessionState;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.Column;
import org.skep.metastore.Table;
import org.skep.metastore.ViewDefinition;
import org.skep.parser.SqlPrinter;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.Node;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.ViewColumn;
import org.skep.parser.ast.ViewStatement;
import org.skep.planner.DescribedQuery;
import org.skep.planner.OutputColumn;

/** CREATE, ALTER and DROP VIEW. Confined to the statement's thread. */
final class ViewStatements implements ViewStatement.Visitor<StatementResult> {
    private final StatementContext context;
    private final CatalogueView catalogue;

    ViewStatements(StatementContext context) {
        this.context = context;
        this.catalogue = context.catalogue();
    }

    @Override
    public StatementResult createView(ViewStatement.CreateView node) {
        TableName name = catalogue.resolve(node.name());
        if (!catalogue.databaseExists(name.database())) {
            throw new SkepException(
                    ErrorCode.DATABASE_NOT_FOUND,
                    node.name().location(),
                    "Database not found: " + name.database());
        }
        Optional<Table> old = catalogue.table(name.database(), name.table());
        if (old.isPresent()) {
            if (node.ifNotExists()) {
                return Results.done(context);
            }
            if (!node.orReplace()) {
                throw new SkepException(
                        ErrorCode.VIEW_EXISTS,
                        node.name().location(),
                        "Table already exists: %s.%s".formatted(name.database(), name.table()));
            }
            if (!old.get().isView()) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        node.name().location(),
                        "Existing table is not a view: " + name);
            }
        }
        DescribedQuery described = describe(node.query());
        List<Column> columns = kept(old, columns(node, described));
        int plain =
                plainColumns(
                        columns,
                        node.partitionedOn().stream().map(Identifier::name).toList(),
                        node);
        ColumnDefinitions.check(columns, List.of());
        Map<String, String> properties =
                new HashMap<>(DatabaseStatements.properties(node.properties()));
        properties.put("bucketing_version", "2");
        properties.put("transient_lastDdlTime", Long.toString(context.instant().getEpochSecond()));
        Table.Builder view =
                old.map(Table::toBuilder)
                        .orElseGet(
                                () ->
                                        Table.named(name.database(), name.table())
                                                .owner(context.session().user())
                                                .createTime(context.instant()));
        view.columns(columns.subList(0, plain))
                .partitionColumns(columns.subList(plain, columns.size()))
                .comment(node.comment())
                .properties(properties)
                .view(new ViewDefinition(node.queryText(), expanded(node, described)));
        if (old.isPresent()) {
            catalogue.catalogue().alterTable(old.get(), view.build());
        } else {
            catalogue.catalogue().createTable(view.build());
        }
        return Results.done(context);
    }

    // How many columns there are before those by which the view says to be partitioned.
    private static int plainColumns(List<Column> columns, List<String> partitionedOn, Node node) {
        int plain = columns.size() - partitionedOn.size();
        if (plain < 1) {
            throw new SkepException(
                    ErrorCode.VIEW_PARTITION_TOTAL,
                    node.location(),
                    "At least one non-partitioning column must be present in view");
        }
        List<String> last =
                columns.subList(plain, columns.size()).stream().map(Column::name).toList();
        if (!last.equals(partitionedOn)) {
            throw new SkepException(
                    ErrorCode.VIEW_PARTITION_MISMATCH,
                    node.location(),
                    "Rightmost columns in view output do not match PARTITIONED ON clause");
        }
        return plain;
    }

    private DescribedQuery describe(Query query) {
        DescribedQuery described =
                new QueryRunner(context).planner().describe(query, context.text());
        if (described.expandedText().contains(SessionState.HIDDEN_PREFIX)) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    query.location(),
                    "View definition references temporary table");
        }
        return described;
    }

    private static List<Column> columns(ViewStatement.CreateView node, DescribedQuery described) {
        List<OutputColumn> output = described.columns();
        List<ViewColumn> named = node.columns();
        if (!named.isEmpty() && named.size() != output.size()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.name().location(),
                    "The number of columns produced by the SELECT clause does not match the number of column names specified by CREATE VIEW");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            OutputColumn column = output.get(i);
            columns.add(
                    named.isEmpty()
                            ? ColumnDefinitions.column(column.name(), column.type())
                            : new Column(
                                    Column.UNASSIGNED,
                                    named.get(i).name().name(),
                                    column.type().typeName(),
                                    named.get(i).comment()));
        }
        return columns;
    }

    // Hive wraps the query where the view names its columns anew.
    private static String expanded(ViewStatement.CreateView node, DescribedQuery described) {
        if (node.columns().isEmpty()) {
            return described.expandedText();
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < node.columns().size(); i++) {
            items.add(
                    "`%s` AS `%s`"
                            .formatted(
                                    described.columns().get(i).name(),
                                    node.columns().get(i).name().name()));
        }
        return "SELECT %s FROM (%s) %s"
                .formatted(
                        String.join(", ", items),
                        described.expandedText(),
                        SqlPrinter.print(node.name().last()));
    }

    // A column of the same name is the same column.
    private static List<Column> kept(Optional<Table> old, List<Column> columns) {
        List<Column> result = new ArrayList<>();
        for (Column column : columns) {
            result.add(
                    old.stream()
                            .flatMap(table -> table.allColumns().stream())
                            .filter(each -> each.name().equals(column.name()))
                            .findFirst()
                            .map(each -> column.withId(each.id()))
                            .orElse(column));
        }
        return result;
    }

    private Table requireView(QualifiedName name, ErrorCode otherwise) {
        Table table = catalogue.require(name);
        if (!table.isView()) {
            throw new SkepException(otherwise, name.location(), "Table is not a view: " + name);
        }
        return table;
    }

    @Override
    public StatementResult alterViewQuery(ViewStatement.AlterViewQuery node) {
        if (catalogue.find(node.name()).isEmpty()) {
            throw new SkepException(
                    ErrorCode.VIEW_NOT_FOUND,
                    node.name().location(),
                    "View not found: " + node.name());
        }
        Table old = requireView(node.name(), ErrorCode.NEEDS_ALTER_TABLE);
        DescribedQuery described = describe(node.query());
        List<Column> columns =
                described.columns().stream()
                        .map(column -> ColumnDefinitions.column(column.name(), column.type()))
                        .toList();
        ColumnDefinitions.check(columns, List.of());
        List<Column> changedColumns = kept(Optional.of(old), columns);
        int plain =
                plainColumns(
                        changedColumns,
                        old.partitionColumns().stream().map(Column::name).toList(),
                        node);
        Table changed =
                old.toBuilder()
                        .columns(changedColumns.subList(0, plain))
                        .partitionColumns(changedColumns.subList(plain, changedColumns.size()))
                        .view(new ViewDefinition(node.queryText(), described.expandedText()))
                        .build();
        catalogue.catalogue().alterTable(old, changed);
        return Results.done(context);
    }

    @Override
    public StatementResult alterView(ViewStatement.AlterView node) {
        return node.action()
                .accept(
                        new AlterTables(
                                context,
                                requireView(node.name(), ErrorCode.NEEDS_ALTER_TABLE),
                                Optional.empty()));
    }

    @Override
    public StatementResult dropView(ViewStatement.DropView node) {
        Optional<Table> found = catalogue.find(node.name());
        if (found.isEmpty()) {
            return Results.done(context);
        }
        TableStatements.drop(context, requireView(node.name(), ErrorCode.SEMANTIC_ERROR));
        return Results.done(context);
    }
}
