package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.skep.base.config.ConfigKey;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.engine.catalog.CatalogueView;
import org.skep.engine.catalog.Locations;
import org.skep.engine.catalog.SqlPattern;
import org.skep.engine.catalog.TableName;
import org.skep.engine.describe.CreateTableText;
import org.skep.engine.describe.ExtendedTableText;
import org.skep.engine.describe.TableFacts;
import org.skep.engine.publish.TableSnapshot;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.StatementResult;
import org.skep.engine.result.TextRows;
import org.skep.engine.session.SessionState;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SettingKeys;
import org.skep.metastore.Column;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.parser.SqlPrinter;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.ShowStatement;

/** SHOW in its forms. Confined to the statement's thread. */
final class ShowStatements implements ShowStatement.Visitor<StatementResult> {
    private static final String TABLE_COLUMN = "tab_name";

    private final StatementContext context;
    private final CatalogueView catalogue;

    ShowStatements(StatementContext context) {
        this.context = context;
        this.catalogue = context.catalogue();
    }

    @Override
    public StatementResult showDatabases(ShowStatement.ShowDatabases node) {
        List<String> names =
                catalogue.catalogue().databaseNames().stream()
                        .filter(name -> !name.startsWith(SessionState.HIDDEN_PREFIX))
                        .filter(SqlPattern.of(node.pattern().orElse(null)))
                        .toList();
        return Results.lines(context, "database_name", names);
    }

    private String database(Optional<Identifier> named) {
        String name = named.map(Identifier::name).orElse(catalogue.currentDatabase());
        if (!catalogue.databaseExists(name)) {
            throw new SkepException(
                    ErrorCode.DATABASE_NOT_FOUND,
                    named.map(Identifier::location).orElse(null),
                    "Database not found: " + name);
        }
        return name;
    }

    @Override
    public StatementResult showTables(ShowStatement.ShowTables node) {
        String database = database(node.database());
        Predicate<String> pattern = SqlPattern.of(node.pattern().orElse(null));
        if (!node.extended() && node.tableType().isEmpty()) {
            Set<String> names = new TreeSet<>(catalogue.catalogue().tableNames(database, pattern));
            for (TableName temporary : context.session().temporaryTables()) {
                if (temporary.database().equals(database) && pattern.test(temporary.table())) {
                    names.add(temporary.table());
                }
            }
            return Results.lines(context, TABLE_COLUMN, List.copyOf(names));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Table table : catalogue.catalogue().tables(database, pattern)) {
            String type = SqlPattern.tableType(table);
            if (node.tableType().isEmpty() || node.tableType().get().equalsIgnoreCase(type)) {
                rows.add(
                        node.extended()
                                ? TextRows.row(table.name(), type)
                                : TextRows.row(table.name()));
            }
        }
        List<ResultColumn> columns = new ArrayList<>();
        columns.add(ResultColumn.text(TABLE_COLUMN));
        if (node.extended()) {
            columns.add(ResultColumn.text("table_type"));
        }
        return Results.rows(context, columns, rows);
    }

    @Override
    public StatementResult showViews(ShowStatement.ShowViews node) {
        String database = database(node.database());
        List<String> names =
                node.materialized()
                        ? List.of()
                        : catalogue
                                .catalogue()
                                .tables(database, SqlPattern.of(node.pattern().orElse(null)))
                                .stream()
                                .filter(Table::isView)
                                .map(Table::name)
                                .toList();
        return Results.lines(context, TABLE_COLUMN, names);
    }

    @Override
    public StatementResult showColumns(ShowStatement.ShowColumns node) {
        Table table =
                node.database().isEmpty()
                        ? catalogue.require(node.table())
                        : inDatabase(node.table().last(), node.database().get());
        Predicate<String> pattern = SqlPattern.of(node.pattern().orElse(null));
        List<String> names = new ArrayList<>();
        for (Column column : table.allColumns()) {
            if (pattern.test(column.name())) {
                names.add(column.name());
            }
        }
        if (node.sorted()) {
            names.sort(null);
        }
        return Results.lines(context, "field", names);
    }

    private Table inDatabase(Identifier name, Identifier database) {
        return catalogue
                .table(database.name(), name.name())
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.TABLE_NOT_FOUND,
                                        name.location(),
                                        "Table not found: " + name));
    }

    @Override
    public StatementResult showFunctions(ShowStatement.ShowFunctions node) {
        Predicate<String> pattern = SqlPattern.of(node.pattern().orElse(null));
        return Results.lines(
                context,
                TABLE_COLUMN,
                Stream.concat(
                                context.services().functions().names().stream(),
                                context.session().macroNames().stream())
                        .filter(pattern)
                        .sorted()
                        .distinct()
                        .toList());
    }

    @Override
    public StatementResult showPartitions(ShowStatement.ShowPartitions node) {
        Table table = catalogue.require(node.table());
        if (!table.partitioned()) {
            throw new SkepException(
                    ErrorCode.NOT_PARTITIONED,
                    node.table().location(),
                    "Table %s is not a partitioned table".formatted(table.name()));
        }
        Predicate<List<String>> wanted =
                node.partition()
                        .map(spec -> new PartitionSpecs(context, table).matching(spec))
                        .orElse(values -> true);
        List<List<String>> found =
                catalogue.catalogue().partitionValues(table).stream().filter(wanted).toList();
        List<String> names =
                node.where().isPresent() || !node.orderBy().isEmpty()
                        ? new PartitionNames(context, table).select(found, node)
                        : found.stream().map(table::partitionName).sorted().toList();
        if (node.limit().isPresent()) {
            long offset = Math.min(node.limit().get().offset(), names.size());
            long end = Math.min(names.size(), offset + node.limit().get().count());
            names = names.subList((int) offset, (int) end);
        }
        return Results.lines(context, "partition", names);
    }

    @Override
    public StatementResult showCreateDatabase(ShowStatement.ShowCreateDatabase node) {
        Database database = catalogue.requireDatabase(node.name());
        List<String> lines = new ArrayList<>();
        lines.add("CREATE DATABASE `" + database.name() + "`");
        database.comment()
                .ifPresent(
                        text -> {
                            lines.add("COMMENT");
                            lines.add("  " + SqlPrinter.quote(text));
                        });
        lines.add("LOCATION");
        lines.add(
                "  "
                        + SqlPrinter.quote(
                                Locations.display(
                                        Locations.ofDatabase(
                                                context.services().warehouseDirectory(),
                                                database))));
        if (!database.properties().isEmpty()) {
            lines.add("WITH DBPROPERTIES (");
            List<String> entries = new ArrayList<>();
            database.properties()
                    .forEach(
                            (key, value) ->
                                    entries.add(
                                            "  %s=%s"
                                                    .formatted(
                                                            SqlPrinter.quote(key),
                                                            SqlPrinter.quote(value))));
            lines.addAll(Arrays.asList((String.join(", \n", entries) + ")").split("\n", -1)));
        }
        return Results.lines(context, "createdb_stmt", lines);
    }

    @Override
    public StatementResult showCreateTable(ShowStatement.ShowCreateTable node) {
        return Results.lines(
                context,
                "createtab_stmt",
                CreateTableText.lines(catalogue.require(node.name()), catalogue.currentDatabase()));
    }

    @Override
    public StatementResult showTableExtended(ShowStatement.ShowTableExtended node) {
        String database = database(node.database());
        List<String> lines = new ArrayList<>();
        for (Table table : catalogue.catalogue().tables(database, SqlPattern.of(node.pattern()))) {
            Predicate<List<String>> wanted =
                    node.partition()
                            .map(spec -> new PartitionSpecs(context, table).matching(spec))
                            .orElse(values -> true);
            List<Partition> partitions = catalogue.partitions(table, wanted);
            List<FileStatus> files = new ArrayList<>();
            if (!table.isView()) {
                try (TableSnapshot snapshot =
                        context.services().publisher().snapshot(table, partitions)) {
                    files.addAll(snapshot.files(List.of()));
                    partitions.forEach(part -> files.addAll(snapshot.files(part.values())));
                }
            }
            Optional<String> location =
                    node.partition().isPresent() && partitions.size() == 1
                            ? Optional.of(partitions.get(0).location())
                            : table.storage().location();
            lines.addAll(ExtendedTableText.lines(table, location, files));
        }
        return Results.lines(context, TABLE_COLUMN, lines);
    }

    @Override
    public StatementResult showTableProperties(ShowStatement.ShowTableProperties node) {
        Table table = catalogue.require(node.table());
        Map<String, String> properties =
                table.partitioned()
                        ? TableFacts.parameters(table, List.of())
                        : TableFacts.parameters(table, catalogue.partitions(table, v -> true));
        if (table.partitioned()) {
            properties
                    .keySet()
                    .removeAll(
                            List.of(
                                    "numPartitions",
                                    "numRows",
                                    "rawDataSize",
                                    "numFiles",
                                    "totalSize",
                                    "COLUMN_STATS_ACCURATE"));
        }
        List<ResultColumn> columns =
                List.of(ResultColumn.text("prpt_name"), ResultColumn.text("prpt_value"));
        if (node.key().isPresent()) {
            String key = node.key().get();
            String value =
                    properties.getOrDefault(
                            key,
                            "Table %s does not have property: %s"
                                    .formatted(new TableName(table.database(), table.name()), key));
            return Results.rows(context, columns, List.of(TextRows.row(key, value)));
        }
        List<List<String>> rows = new ArrayList<>();
        properties.forEach((key, value) -> rows.add(TextRows.row(key, value)));
        return Results.rows(context, columns, rows);
    }

    @Override
    public StatementResult showConf(ShowStatement.ShowConf node) {
        ConfigKey<?> key =
                SettingKeys.find(node.key())
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.INVALID_OPTION,
                                                node.location(),
                                                "Setting not found: " + node.key()));
        return Results.rows(
                context,
                List.of(
                        ResultColumn.text("default"),
                        ResultColumn.text("type"),
                        ResultColumn.text("desc")),
                List.of(TextRows.row(key.defaultText(), "STRING", key.description())));
    }
}
