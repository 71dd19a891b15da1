package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.engine.publish.TableSnapshot;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.CatalogueStep;
import org.skep.metastore.Column;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.TableStatement;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/**
 * ANALYZE TABLE: counts rows, files, bytes and values by queries. Confined to the statement's
 * thread.
 */
final class AnalyzeStatement {
    private final StatementContext context;

    AnalyzeStatement(StatementContext context) {
        this.context = context;
    }

    StatementResult analyze(TableStatement.AnalyzeTable node) {
        Table table = context.catalogue().require(node.name());
        if (table.isView()) {
            throw new SkepException(
                    ErrorCode.VIEW_NOT_ANALYZABLE,
                    node.name().location(),
                    "ANALYZE is not supported for views: " + node.name());
        }
        if (node.cacheMetadata()) {
            throw StatementExecutor.unsupported("ANALYZE TABLE CACHE METADATA", node);
        }
        Predicate<List<String>> wanted =
                node.partition()
                        .map(spec -> new PartitionSpecs(context, table).matching(spec))
                        .orElse(values -> true);
        List<Partition> partitions = context.catalogue().partitions(table, wanted);
        Map<String, Long> rowsOfFiles = node.noScan() ? Map.of() : countRows(table);
        Table changed = table;
        List<Partition> edited = new ArrayList<>();
        try (TableSnapshot snapshot = context.services().publisher().snapshot(table, partitions)) {
            if (!table.partitioned()) {
                DataStatistics counted =
                        counted(snapshot.files(List.of()), rowsOfFiles, node, table.statistics());
                changed = table.toBuilder().statistics(counted).build();
            }
            for (Partition partition : partitions) {
                DataStatistics counted =
                        counted(
                                snapshot.files(partition.values()),
                                rowsOfFiles,
                                node,
                                partition.statistics());
                edited.add(partition.withStatistics(counted, partition.columnStatistics()));
            }
        }
        Optional<Map<Integer, ColumnStatistics>> columns =
                node.forColumns() ? Optional.of(columns(table, node)) : Optional.empty();
        context.catalogue()
                .catalogue()
                .commit(
                        CatalogueChange.builder()
                                .step(
                                        new CatalogueStep.AlterTable(
                                                table,
                                                changed,
                                                PartitionEdits.put(edited),
                                                columns))
                                .build());
        return Results.done(context);
    }

    private static DataStatistics counted(
            List<FileStatus> files,
            Map<String, Long> rowsOfFiles,
            TableStatement.AnalyzeTable node,
            DataStatistics before) {
        long rows = 0;
        long bytes = 0;
        for (FileStatus file : files) {
            rows += rowsOfFiles.getOrDefault(plain(file.path()), 0L);
            bytes += file.length();
        }
        return new DataStatistics(node.noScan() ? before.rows() : rows, files.size(), bytes);
    }

    private static String plain(String path) {
        return path.startsWith("file:") ? path.replaceFirst("^file:/*", "/") : path;
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String name(Table table) {
        return quoted(table.database()) + "." + quoted(table.name());
    }

    private Map<String, Long> countRows(Table table) {
        Map<String, Long> rows = new HashMap<>();
        String sql =
                "select INPUT__FILE__NAME, count(*) from %s group by INPUT__FILE__NAME"
                        .formatted(name(table));
        try (StatementResult result = new InnerQuery(context).run(sql)) {
            for (RowCursor row = result.rows(); row.next(); ) {
                rows.put(plain(row.text(0)), row.longValue(1));
            }
        }
        return rows;
    }

    private Map<Integer, ColumnStatistics> columns(Table table, TableStatement.AnalyzeTable node) {
        Map<Integer, ColumnStatistics> all =
                new HashMap<>(context.catalogue().catalogue().columnStatistics(table));
        List<Column> wanted = new ArrayList<>(table.columns());
        if (!node.columns().isEmpty()) {
            wanted.clear();
            for (Identifier column : node.columns()) {
                wanted.add(
                        table.columns().stream()
                                .filter(each -> each.name().equals(column.name()))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new SkepException(
                                                        ErrorCode.COLUMN_NOT_FOUND,
                                                        column.location(),
                                                        "Invalid column reference '%s'"
                                                                .formatted(column))));
            }
        }
        for (Column column : wanted) {
            TypeKind kind = DataType.parse(column.typeName()).kind();
            if (!kind.isNested() && kind != TypeKind.BINARY) {
                all.put(column.id(), measure(table, column, kind));
            }
        }
        return all;
    }

    private ColumnStatistics measure(Table table, Column column, TypeKind kind) {
        String c = quoted(column.name());
        String trues =
                kind == TypeKind.BOOLEAN
                        ? "count(case when %s then 1 end)".formatted(c)
                        : "cast(-1 as bigint)";
        String bounds =
                kind == TypeKind.BOOLEAN
                        ? "cast(null as string), cast(null as string)"
                        : "cast(min(%1$s) as string), cast(max(%1$s) as string)".formatted(c);
        String lengths =
                kind.isCharacter()
                        ? "avg(octet_length(%1$s)), max(octet_length(%1$s))".formatted(c)
                        : "cast(-1 as double), -1";
        String sql =
                "select count(*) - count(%1$s), count(distinct %1$s), %2$s, %3$s, %4$s from %5$s"
                        .formatted(c, bounds, lengths, trues, name(table));
        try (StatementResult result = new InnerQuery(context).run(sql)) {
            RowCursor row = result.rows();
            if (!row.next()) {
                return ColumnStatistics.NONE;
            }
            return new ColumnStatistics(
                    row.longValue(1),
                    row.longValue(0),
                    Optional.ofNullable(row.text(2)),
                    Optional.ofNullable(row.text(3)),
                    row.isNull(4) ? 0 : row.doubleValue(4),
                    row.isNull(5) ? 0 : row.longValue(5),
                    row.longValue(6));
        }
    }
}
