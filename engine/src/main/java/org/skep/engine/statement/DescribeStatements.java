package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.catalog.CatalogueView;
import org.skep.engine.catalog.Locations;
import org.skep.engine.describe.TableDescription;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.StatementResult;
import org.skep.engine.result.TextRows;
import org.skep.engine.session.StatementContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.metastore.Column;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.parser.ast.DescribeStatement;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;

/** DESCRIBE in its forms. Confined to the statement's thread. */
final class DescribeStatements implements DescribeStatement.Visitor<StatementResult> {
    private static final List<ResultColumn> COLUMNS =
            List.of(
                    ResultColumn.text("col_name"),
                    ResultColumn.text("data_type"),
                    ResultColumn.text("comment"));

    private final StatementContext context;
    private final CatalogueView catalogue;

    DescribeStatements(StatementContext context) {
        this.context = context;
        this.catalogue = context.catalogue();
    }

    @Override
    public StatementResult describeDatabase(DescribeStatement.DescribeDatabase node) {
        Database database = catalogue.requireDatabase(node.name());
        String location =
                Locations.display(
                        Locations.ofDatabase(context.services().warehouseDirectory(), database));
        List<ResultColumn> columns = new ArrayList<>();
        for (String name :
                List.of(
                        "db_name",
                        "comment",
                        "location",
                        "managedLocation",
                        "owner_name",
                        "owner_type",
                        "connector_name",
                        "remote_dbname")) {
            columns.add(ResultColumn.text(name));
        }
        List<String> row =
                new ArrayList<>(
                        List.of(
                                database.name(),
                                database.comment().orElse(""),
                                location,
                                location,
                                database.owner(),
                                "USER",
                                "",
                                ""));
        if (node.extended()) {
            columns.add(ResultColumn.text("parameters"));
            row.add(database.properties().isEmpty() ? "" : database.properties().toString());
        }
        return Results.rows(context, columns, List.of(row));
    }

    @Override
    public StatementResult describeFunction(DescribeStatement.DescribeFunction node) {
        FunctionCatalogue functions = context.services().functions();
        String name = node.name();
        Optional<ScalarFunction> scalar = functions.scalar(name);
        Optional<String> description =
                scalar.map(ScalarFunction::description)
                        .or(() -> functions.aggregate(name).map(each -> each.description()))
                        .or(() -> functions.table(name).map(each -> each.description()))
                        .or(() -> functions.window(name).map(each -> each.description()));
        List<String> lines = new ArrayList<>();
        if (description.isEmpty()) {
            lines.add("Function '%s' does not exist.".formatted(name));
        } else {
            lines.addAll(
                    description
                            .filter(text -> !text.isEmpty())
                            .orElse("There is no documentation for function '%s'".formatted(name))
                            .lines()
                            .toList());
        }
        if (node.extended() && description.isPresent()) {
            scalar.ifPresent(function -> examples(function, lines));
            lines.add("Function type:BUILTIN");
        }
        return Results.lines(context, "tab_name", lines);
    }

    private static void examples(ScalarFunction function, List<String> lines) {
        if (!function.examples().isEmpty()) {
            lines.add("Example:");
        }
        for (ScalarFunction.Example example : function.examples()) {
            lines.add("  > SELECT %s FROM src LIMIT 1;".formatted(example.call()));
            lines.add("  " + example.result());
        }
        if (!function.aliases().isEmpty()) {
            lines.add("Synonyms: " + String.join(", ", function.aliases()));
        }
    }

    @Override
    public StatementResult describeTable(DescribeStatement.DescribeTable node) {
        Table table = catalogue.require(node.name());
        if (!node.columnPath().isEmpty()) {
            return column(table, node);
        }
        Optional<Partition> partition =
                node.partition().map(spec -> new PartitionSpecs(context, table).require(spec));
        TableDescription description = new TableDescription(table, partition, context.zone());
        List<List<String>> rows =
                switch (node.mode()) {
                    case PLAIN -> description.plain();
                    case EXTENDED -> description.extended(catalogue.partitions(table, v -> true));
                    case FORMATTED -> description.formatted(catalogue.partitions(table, v -> true));
                };
        return Results.rows(context, COLUMNS, rows);
    }

    private StatementResult column(Table table, DescribeStatement.DescribeTable node) {
        List<String> path = node.columnPath();
        Column column =
                table.allColumns().stream()
                        .filter(each -> each.name().equalsIgnoreCase(path.get(0)))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.SEMANTIC_ERROR,
                                                node.location(),
                                                "Invalid column reference '%s'"
                                                        .formatted(path.get(0))));
        DataType type = DataType.parse(column.typeName());
        for (String step : path.subList(1, path.size())) {
            type = inside(type, step, node);
        }
        if (path.size() > 1 && type instanceof StructType struct) {
            return Results.rows(
                    context,
                    COLUMNS,
                    struct.fields().stream()
                            .map(
                                    field ->
                                            TextRows.row(
                                                    field.name(),
                                                    field.type().typeName(),
                                                    "from deserializer"))
                            .toList());
        }
        String comment = column.comment().orElse("from deserializer");
        if (node.mode() == DescribeStatement.DescribeTable.Mode.FORMATTED && path.size() == 1) {
            return statistics(table, column, comment);
        }
        String name = path.get(path.size() - 1).toLowerCase(java.util.Locale.ROOT);
        return Results.rows(
                context, COLUMNS, List.of(TextRows.row(name, type.typeName(), comment)));
    }

    private static DataType inside(
            DataType type, String step, DescribeStatement.DescribeTable node) {
        if (type instanceof ListType list && step.equals("$elem$")) {
            return list.element();
        }
        if (type instanceof MapType map && step.equals("$key$")) {
            return map.key();
        }
        if (type instanceof MapType map && step.equals("$value$")) {
            return map.value();
        }
        if (type instanceof StructType struct) {
            for (StructType.Field field : struct.fields()) {
                if (field.name().equalsIgnoreCase(step)) {
                    return field.type();
                }
            }
        }
        throw new SkepException(
                ErrorCode.SEMANTIC_ERROR,
                node.location(),
                "Invalid column reference '%s'".formatted(step));
    }

    private StatementResult statistics(Table table, Column column, String comment) {
        Map<Integer, ColumnStatistics> all =
                table.isView() ? Map.of() : catalogue.catalogue().columnStatistics(table);
        ColumnStatistics known = all.getOrDefault(column.id(), ColumnStatistics.NONE);
        boolean characters = DataType.parse(column.typeName()).kind().isCharacter();
        List<List<String>> rows = new ArrayList<>();
        rows.add(TextRows.row("col_name", column.name()));
        rows.add(TextRows.row("data_type", column.typeName()));
        rows.add(TextRows.row("min", characters ? "" : known.min().orElse("")));
        rows.add(TextRows.row("max", characters ? "" : known.max().orElse("")));
        rows.add(TextRows.row("num_nulls", number(known.nulls())));
        rows.add(TextRows.row("distinct_count", number(known.distinctValues())));
        rows.add(
                TextRows.row(
                        "avg_col_len",
                        known.averageLength() < 0 ? "" : Double.toString(known.averageLength())));
        rows.add(TextRows.row("max_col_len", number(known.maxLength())));
        rows.add(TextRows.row("num_trues", number(known.trues())));
        rows.add(TextRows.row("num_falses", falses(table, known)));
        rows.add(TextRows.row("bit_vector", ""));
        rows.add(TextRows.row("comment", comment));
        return Results.rows(
                context,
                List.of(ResultColumn.text("column_property"), ResultColumn.text("value")),
                rows);
    }

    private static String number(long value) {
        return value == DataStatistics.UNKNOWN ? "" : Long.toString(value);
    }

    private static String falses(Table table, ColumnStatistics known) {
        long rows = table.statistics().rows();
        boolean unknown =
                known.trues() == DataStatistics.UNKNOWN
                        || known.nulls() == DataStatistics.UNKNOWN
                        || rows == DataStatistics.UNKNOWN;
        return unknown ? "" : Long.toString(rows - known.trues() - known.nulls());
    }
}
