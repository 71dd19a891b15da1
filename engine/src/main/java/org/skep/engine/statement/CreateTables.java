package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.base.io.FileSystem;
import org.skep.engine.catalog.CatalogueView;
import org.skep.engine.catalog.Locations;
import org.skep.engine.catalog.TableName;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.Column;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Database;
import org.skep.metastore.Table;
import org.skep.metastore.TableStorage;
import org.skep.parser.SqlPrinter;
import org.skep.parser.ast.Constraint;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.Node;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.TableKind;
import org.skep.parser.ast.TableOptions;
import org.skep.parser.ast.TableStatement;
import org.skep.planner.OutputColumn;

/** CREATE TABLE in its forms. Confined to the statement's thread. */
final class CreateTables {
    private final StatementContext context;
    private final CatalogueView catalogue;

    CreateTables(StatementContext context) {
        this.context = context;
        this.catalogue = context.catalogue();
    }

    StatementResult create(TableStatement.CreateTable node) {
        refuseUnsupported(node.kind(), node.options(), node);
        List<Column> columns = ColumnDefinitions.columns(node.columns());
        List<Column> partitionColumns =
                ColumnDefinitions.columns(node.options().partitionColumns());
        refuseImpossible(node, columns, partitionColumns);
        TableName name = target(node.name(), node.kind(), node.ifNotExists());
        if (name == null) {
            return Results.done(context);
        }
        if (node.query().isPresent()) {
            List<OutputColumn> output =
                    new QueryRunner(context)
                            .planner()
                            .describe(node.query().get(), context.text())
                            .columns();
            QueryColumns split = queryColumns(output, node);
            columns = split.columns();
            partitionColumns = split.partitionColumns();
        }
        if (columns.isEmpty()) {
            throw new SkepException(
                    ErrorCode.NO_COLUMNS,
                    node.name().location(),
                    "Table must have a column: " + node.name());
        }
        ColumnDefinitions.check(columns, partitionColumns);
        Table table = definition(node, name, columns, partitionColumns);
        if (node.query().isPresent()) {
            return known(
                    node.name(),
                    node.kind(),
                    new InsertStatements(context).createAs(table, node.query().get()));
        }
        return known(
                node.name(),
                node.kind(),
                create(table, node.ifNotExists(), node.name().location()));
    }

    private static void refuseImpossible(
            TableStatement.CreateTable node, List<Column> columns, List<Column> partitionColumns) {
        if (node.query().isPresent() && !columns.isEmpty()) {
            throw new SkepException(
                    ErrorCode.COLUMNS_OF_QUERY,
                    node.name().location(),
                    "CREATE TABLE AS SELECT command cannot specify the list of columns for the target table");
        }
        ColumnDefinitions.check(columns, partitionColumns);
        long primaryKeys =
                Stream.concat(
                                node.columns().stream()
                                        .flatMap(column -> column.constraints().stream()),
                                node.constraints().stream())
                        .filter(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY)
                        .count();
        if (primaryKeys > 1) {
            throw new SkepException(
                    ErrorCode.INVALID_CONSTRAINT,
                    node.name().location(),
                    "Invalid constraint definition Cannot exist more than one primary key definition for the same table");
        }
    }

    private record QueryColumns(List<Column> columns, List<Column> partitionColumns) {}

    // The partition columns of CREATE TABLE AS are named only; they come last in the table.
    private static QueryColumns queryColumns(
            List<OutputColumn> output, TableStatement.CreateTable node) {
        List<Column> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (OutputColumn column : output) {
            String typeName = column.type().typeName();
            if (typeName.equals("void")) {
                throw new SkepException(
                        ErrorCode.VOID_COLUMN,
                        node.name().location(),
                        "CREATE-TABLE-AS-SELECT creates a VOID type, please use CAST to specify the type, near field: "
                                + column.name());
            }
            if (typeName.startsWith("interval")) {
                throw new SkepException(
                        ErrorCode.INVALID_TYPE,
                        node.name().location(),
                        "Column must not be of type %s: %s".formatted(typeName, column.name()));
            }
            if (!names.add(column.name())) {
                throw new SkepException(
                        ErrorCode.DUPLICATE_COLUMN,
                        node.name().location(),
                        "Duplicate column name: " + column.name());
            }
            all.add(ColumnDefinitions.column(column.name(), column.type()));
        }
        List<Identifier> partitionNames = node.options().partitionNames();
        List<Column> partition = new ArrayList<>();
        for (Identifier name : partitionNames) {
            Column column =
                    all.stream()
                            .filter(c -> c.name().equals(name.name()))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new SkepException(
                                                    ErrorCode.SEMANTIC_ERROR,
                                                    name.location(),
                                                    "Partition column not found in the query: "
                                                            + name));
            partition.add(column);
        }
        List<Column> own = new ArrayList<>(all);
        own.removeAll(partition);
        return new QueryColumns(own, partition);
    }

    StatementResult like(TableStatement.CreateTableLike node) {
        refuseUnsupported(node.kind(), node.options(), node);
        TableName name = target(node.name(), node.kind(), node.ifNotExists());
        if (name == null) {
            return Results.done(context);
        }
        Table source = catalogue.require(node.source());
        TableOptions options = node.options();
        boolean external = isExternal(node.kind(), options);
        TableStorage storage =
                source.isView() || options.rowFormat().isPresent() || options.storage().isPresent()
                        ? new StorageClauses(context)
                                .storage(options.rowFormat(), options.storage())
                        : source.storage();
        Map<String, String> properties = new TreeMap<>();
        source.properties()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith("skip.") || key.startsWith("serialization.")) {
                                properties.put(key, value);
                            }
                        });
        properties.putAll(DatabaseStatements.properties(options.properties()));
        Table table =
                start(name, external)
                        .columns(unnumbered(source.columns()))
                        .partitionColumns(unnumbered(source.partitionColumns()))
                        .bucketing(source.bucketing())
                        .comment(options.comment().or(source::comment))
                        .storage(located(storage, options.tableLocation(), name))
                        .properties(stamped(properties))
                        .build();
        return known(
                node.name(),
                node.kind(),
                create(table, node.ifNotExists(), node.name().location()));
    }

    private static List<Column> unnumbered(List<Column> columns) {
        return columns.stream().map(column -> column.withId(Column.UNASSIGNED)).toList();
    }

    private Table.Builder start(TableName name, boolean external) {
        return Table.named(name.database(), name.table())
                .owner(context.session().user())
                .createTime(context.instant())
                .statistics(external ? DataStatistics.NONE : DataStatistics.EMPTY)
                .kind(
                        external
                                ? org.skep.metastore.TableKind.EXTERNAL
                                : org.skep.metastore.TableKind.MANAGED);
    }

    private Table definition(
            TableStatement.CreateTable node,
            TableName name,
            List<Column> columns,
            List<Column> partitionColumns) {
        TableOptions options = node.options();
        Map<String, String> properties =
                stamped(DatabaseStatements.properties(options.properties()));
        TableStorage storage =
                new StorageClauses(context).storage(options.rowFormat(), options.storage());
        return start(name, isExternal(node.kind(), options))
                .comment(options.comment())
                .columns(asStored(columns, storage))
                .partitionColumns(partitionColumns)
                .bucketing(options.bucketing().map(clause -> BucketingClause.bind(clause, columns)))
                .constraints(constraints(node))
                .storage(located(storage, options.tableLocation(), name))
                .properties(properties)
                .build();
    }

    // Hive's serde for CSV gives strings, whatever the columns were declared as.
    private static List<Column> asStored(List<Column> columns, TableStorage storage) {
        if (!storage.format().equals("csv")) {
            return columns;
        }
        return columns.stream()
                .map(column -> new Column(column.id(), column.name(), "string", column.comment()))
                .toList();
    }

    private Map<String, String> stamped(Map<String, String> properties) {
        Map<String, String> result = new TreeMap<>(properties);
        result.remove("EXTERNAL");
        result.putIfAbsent("bucketing_version", "2");
        result.put("transient_lastDdlTime", Long.toString(context.instant().getEpochSecond()));
        return result;
    }

    private TableStorage located(TableStorage storage, Optional<String> location, TableName name) {
        Database database = catalogue.catalogue().requireDatabase(name.database());
        return storage.withLocation(
                location.map(Locations::normalize)
                        .orElseGet(
                                () ->
                                        Locations.ofNewTable(
                                                context.services().fileSystems(),
                                                context.services().warehouseDirectory(),
                                                database,
                                                name.table())));
    }

    private List<String> constraints(TableStatement.CreateTable node) {
        List<String> texts = new ArrayList<>();
        for (Constraint constraint : node.constraints()) {
            refuseEnforced(constraint);
            texts.add(constraint.span().textIn(context.text()));
        }
        node.columns()
                .forEach(
                        column ->
                                column.constraints()
                                        .forEach(
                                                constraint -> {
                                                    refuseEnforced(constraint);
                                                    texts.add(
                                                            SqlPrinter.print(column.name())
                                                                    + " "
                                                                    + constraint
                                                                            .span()
                                                                            .textIn(
                                                                                    context
                                                                                            .text()));
                                                }));
        return texts;
    }

    // What is only recorded must say so: DISABLE.
    private static void refuseEnforced(Constraint constraint) {
        boolean disabled =
                constraint.traits().contains("DISABLE")
                        || constraint.traits().contains("NOT ENFORCED");
        boolean recorded =
                switch (constraint.kind()) {
                    case PRIMARY_KEY, UNIQUE, FOREIGN_KEY -> true;
                    case NOT_NULL, CHECK, DEFAULT -> false;
                };
        if (!disabled && !recorded) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    constraint.location(),
                    "Enforced constraint is not supported yet: "
                            + constraint.kind().name().replace('_', ' '));
        }
    }

    private static boolean isExternal(TableKind kind, TableOptions options) {
        return kind.isExternal()
                || "true"
                        .equalsIgnoreCase(
                                DatabaseStatements.properties(options.properties())
                                        .get("EXTERNAL"));
    }

    private static void refuseUnsupported(TableKind kind, TableOptions options, Node node) {
        Map<String, String> properties = DatabaseStatements.properties(options.properties());
        if (kind == TableKind.TRANSACTIONAL
                || "true".equalsIgnoreCase(properties.get("transactional"))) {
            throw StatementExecutor.unsupported("Transactional table", node);
        }
        if (!options.partitionTransforms().isEmpty()) {
            throw StatementExecutor.unsupported("PARTITIONED BY SPEC", node);
        }
        if (options.skew().isPresent()) {
            throw StatementExecutor.unsupported("SKEWED BY", options.skew().get());
        }
        if (!options.writeOrder().isEmpty()) {
            throw StatementExecutor.unsupported("WRITE ORDERED BY", node);
        }
    }

    /** The name of the table to make; null if it is there and that is all right. */
    private TableName target(QualifiedName name, TableKind kind, boolean ifNotExists) {
        TableName resolved = catalogue.resolve(name);
        boolean plain =
                resolved.table().matches("[^/\\\\\\p{Cntrl}]+")
                        && !resolved.table().startsWith("_")
                        && !resolved.table().startsWith(".");
        if (!plain) {
            throw new SkepException(
                    ErrorCode.INVALID_TABLE_NAME,
                    name.location(),
                    "Invalid table name: " + resolved.table());
        }
        if (!catalogue.databaseExists(resolved.database())) {
            throw new SkepException(
                    ErrorCode.DATABASE_NOT_FOUND,
                    name.location(),
                    "Database not found: " + resolved.database());
        }
        boolean temporary = kind.isTemporary();
        boolean exists =
                temporary
                        ? context.session().temporaryTable(resolved).isPresent()
                        : catalogue.table(resolved.database(), resolved.table()).isPresent();
        if (exists) {
            if (ifNotExists) {
                return null;
            }
            throw exists(resolved, name.location());
        }
        return temporary ? hidden(resolved) : resolved;
    }

    /** The name in the catalogue of a new temporary table; a database for it is made. */
    private TableName hidden(TableName name) {
        TableName hidden = context.session().hidden(name);
        if (!catalogue.databaseExists(hidden.database())) {
            String location = context.services().warehouseDirectory() + "/" + hidden.database();
            catalogue
                    .catalogue()
                    .createDatabase(
                            Database.named(
                                            hidden.database(),
                                            context.session().user(),
                                            context.instant())
                                    .withLocation(location));
        }
        return hidden;
    }

    // Only a table that was made is known to the session.
    private StatementResult known(QualifiedName name, TableKind kind, StatementResult result) {
        if (kind.isTemporary()) {
            context.session().addTemporary(catalogue.resolve(name));
        }
        return result;
    }

    static SkepException exists(TableName name, SourceLocation place) {
        return new SkepException(
                ErrorCode.TABLE_EXISTS, place, "Table hive.%s already exists".formatted(name));
    }

    private StatementResult create(Table table, boolean ifNotExists, SourceLocation place) {
        String location = table.storage().location().orElseThrow();
        FileSystem fileSystem = context.services().fileSystems().of(location);
        if (Locations.isAcid(fileSystem, location)) {
            throw new SkepException(
                    ErrorCode.ACID_DIRECTORY,
                    place,
                    "Directory holds Hive's transactional files, which are not supported: "
                            + location);
        }
        fileSystem.createDirectories(location);
        try {
            catalogue.catalogue().createTable(table);
        } catch (SkepException e) {
            if (e.code() == ErrorCode.TABLE_EXISTS) {
                if (ifNotExists) {
                    return Results.done(context);
                }
                throw exists(new TableName(table.database(), table.name()), place);
            }
            throw e;
        }
        return Results.done(context);
    }
}
