package org.skep.engine.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.engine.publish.TableSnapshot;
import org.skep.engine.session.StatementContext;
import org.skep.engine.session.StatementEvaluation;
import org.skep.metastore.Column;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionSummary;
import org.skep.metastore.Table;
import org.skep.planner.environment.PlannedScan;
import org.skep.planner.environment.TableEstimate;
import org.skep.storage.ColumnStatistics;
import org.skep.storage.FileStatistics;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.NanoTime;

/**
 * Guesses how much is in a table: from the catalogue's statistics, else from what files say of
 * themselves, else from their size. Stateless.
 */
public final class TableEstimates {
    private static final int FILES_ASKED = 32;
    private static final int DEFAULT_ROW_BYTES = 100;

    private TableEstimates() {}

    /** What to assume of a table. Never fails because of a file: whoever reads it will. */
    public static TableEstimate of(StatementContext context, Table table) {
        Map<String, ColumnStatistics> columns = new HashMap<>();
        PartitionSummary partitions = context.services().catalogue().partitionSummary(table);
        double rows = table.partitioned() ? partitions.data().rows() : table.statistics().rows();
        Map<Integer, org.skep.metastore.ColumnStatistics> stored =
                table.state().statistics().isPresent()
                        ? context.services().catalogue().columnStatistics(table)
                        : Map.of();
        addStored(context, table, stored, columns);
        addPartitionColumns(table, partitions, columns);
        if (rows < 0 || columns.size() < table.allColumns().size()) {
            double asked = askFiles(context, table, partitions, columns);
            rows = rows < 0 ? asked : rows;
        }
        return new TableEstimate(Math.max(rows, 1), columns);
    }

    private static void addStored(
            StatementContext context,
            Table table,
            Map<Integer, org.skep.metastore.ColumnStatistics> stored,
            Map<String, ColumnStatistics> columns) {
        PartitionValues values = new PartitionValues(new StatementEvaluation(context));
        for (Column column : table.columns()) {
            org.skep.metastore.ColumnStatistics known = stored.get(column.id());
            if (known == null) {
                continue;
            }
            DataType type = DataType.parse(column.typeName());
            columns.put(
                    column.name(),
                    new ColumnStatistics(
                            known.min().map(text -> bound(values, type, text)).orElse(null),
                            known.max().map(text -> bound(values, type, text)).orElse(null),
                            known.nulls(),
                            known.distinctValues(),
                            known.averageLength()));
        }
    }

    private static Datum bound(PartitionValues values, DataType type, String text) {
        Datum datum = values.typed(type, text);
        return datum.isNull() ? null : datum;
    }

    private static void addPartitionColumns(
            Table table, PartitionSummary partitions, Map<String, ColumnStatistics> columns) {
        for (int i = 0; i < table.partitionColumns().size(); i++) {
            int distinct = partitions.distinctValues().get(i);
            columns.put(
                    table.partitionColumns().get(i).name(),
                    new ColumnStatistics(null, null, 0, Math.max(1, distinct), -1));
        }
    }

    private static double askFiles(
            StatementContext context,
            Table table,
            PartitionSummary summary,
            Map<String, ColumnStatistics> columns) {
        // With many partitions a few stand for all.
        List<Partition> partitions = summary.sample();
        double share =
                partitions.isEmpty() ? 1 : (double) table.partitionCount() / partitions.size();
        List<FileStatus> files = new ArrayList<>();
        List<TableLayout> layouts = new ArrayList<>();
        try (TableSnapshot snapshot = context.services().publisher().snapshot(table, partitions)) {
            if (!table.partitioned()) {
                collect(snapshot.files(List.of()), PlannedScan.layout(table, null), files, layouts);
            }
            for (Partition partition : partitions) {
                collect(
                        snapshot.files(partition.values()),
                        PlannedScan.layout(table, partition),
                        files,
                        layouts);
            }
            return share * ask(context, table, files, layouts, columns);
        }
    }

    private static void collect(
            List<FileStatus> found,
            TableLayout layout,
            List<FileStatus> files,
            List<TableLayout> layouts) {
        for (FileStatus file : found) {
            files.add(file);
            layouts.add(layout);
        }
    }

    private static double ask(
            StatementContext context,
            Table table,
            List<FileStatus> files,
            List<TableLayout> layouts,
            Map<String, ColumnStatistics> columns) {
        double rows = 0;
        long askedBytes = 0;
        long allBytes = files.stream().mapToLong(FileStatus::length).sum();
        int step = Math.max(1, files.size() / FILES_ASKED);
        boolean known = !files.isEmpty();
        Map<String, ColumnStatistics> found = new HashMap<>();
        for (int i = 0; i < files.size() && known; i += step) {
            FileStatistics statistics = ask(context, files.get(i), layouts.get(i));
            known = statistics != null && statistics.rowCount() >= 0;
            if (known) {
                rows += statistics.rowCount();
                askedBytes += files.get(i).length();
                for (int c = 0; c < statistics.columns().size(); c++) {
                    String name = layouts.get(i).columns().get(c).name();
                    found.merge(name, statistics.columns().get(c), TableEstimates::merged);
                }
            }
        }
        if (!known) {
            return (double) allBytes / rowBytes(table);
        }
        double scaled = askedBytes == 0 ? rows : rows * allBytes / askedBytes;
        found.forEach(
                (name, statistics) -> columns.putIfAbsent(name, withDistinct(statistics, scaled)));
        return scaled;
    }

    private static FileStatistics ask(
            StatementContext context, FileStatus file, TableLayout layout) {
        try {
            TableFormat format = context.services().formats().named(layout.format());
            FileSystem fileSystem = context.services().fileSystems().of(file.path());
            return format.statistics(fileSystem, file, layout);
        } catch (SkepException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            return null;
        }
    }

    private static ColumnStatistics merged(ColumnStatistics left, ColumnStatistics right) {
        return new ColumnStatistics(
                extreme(left.min(), right.min(), -1),
                extreme(left.max(), right.max(), 1),
                left.nullCount() < 0 || right.nullCount() < 0
                        ? -1
                        : left.nullCount() + right.nullCount(),
                left.distinctCount() < 0 || right.distinctCount() < 0
                        ? -1
                        : Math.max(left.distinctCount(), right.distinctCount()),
                Math.max(left.averageBytes(), right.averageBytes()));
    }

    private static Datum extreme(Datum left, Datum right, int sign) {
        if (left == null || right == null || left.isNull() || right.isNull()) {
            return null;
        }
        return compare(left.value(), right.value()) * sign >= 0 ? left : right;
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof Double a && right instanceof Double b) {
            return Double.compare(a, b);
        }
        if (left instanceof java.math.BigDecimal a && right instanceof java.math.BigDecimal b) {
            return a.compareTo(b);
        }
        if (left instanceof NanoTime a && right instanceof NanoTime b) {
            return a.compareTo(b);
        }
        return left.toString().compareTo(right.toString());
    }

    // Whole numbers and dates cannot have more different values than lie between their bounds.
    private static ColumnStatistics withDistinct(ColumnStatistics statistics, double rows) {
        double distinct = statistics.distinctCount();
        if (distinct < 0
                && statistics.min() != null
                && statistics.max() != null
                && statistics.min().value() instanceof Long low
                && statistics.max().value() instanceof Long high) {
            distinct = Math.min(rows, (double) high - (double) low + 1);
        }
        return new ColumnStatistics(
                statistics.min(),
                statistics.max(),
                statistics.nullCount(),
                distinct,
                statistics.averageBytes());
    }

    private static double rowBytes(Table table) {
        double sum = 0;
        for (Column column : table.columns()) {
            sum +=
                    switch (DataType.parse(column.typeName()).kind()) {
                        case BOOLEAN, TINYINT, VOID -> 3;
                        case SMALLINT, INT, FLOAT -> 6;
                        case BIGINT, DOUBLE, DECIMAL, DATE -> 11;
                        case TIMESTAMP, TIMESTAMP_LOCAL_TZ -> 24;
                        case STRING, VARCHAR, CHAR, BINARY -> 20;
                        default -> 40;
                    };
        }
        return sum == 0 ? DEFAULT_ROW_BYTES : sum;
    }
}
