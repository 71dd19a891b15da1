package org.skep.engine.describe;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skep.engine.catalog.Locations;
import org.skep.engine.catalog.SqlPattern;
import org.skep.engine.result.TextRows;
import org.skep.metastore.Bucketing;
import org.skep.metastore.Column;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.TableStorage;

/**
 * DESCRIBE of a table or partition: rows of column name, type and comment. Confined to one thread.
 */
public final class TableDescription {
    private final Table table;
    private final Optional<Partition> partition;
    private final ZoneId zone;
    private final List<List<String>> rows = new ArrayList<>();

    /** Describes a table, or one of its partitions. */
    public TableDescription(Table table, Optional<Partition> partition, ZoneId zone) {
        this.table = table;
        this.partition = partition;
        this.zone = zone;
    }

    /** DESCRIBE. */
    public List<List<String>> plain() {
        List<Column> own = partition.flatMap(Partition::columns).orElse(table.columns());
        own.forEach(this::column);
        table.partitionColumns().forEach(this::column);
        if (table.partitioned()) {
            partitionInformation();
        }
        return rows;
    }

    private void column(Column column) {
        rows.add(TextRows.row(column.name(), column.typeName(), column.comment().orElse("")));
    }

    private void partitionInformation() {
        rows.add(Padding.blank());
        rows.add(Padding.heading("# Partition Information"));
        rows.add(TextRows.row("# col_name", "data_type", "comment"));
        table.partitionColumns().forEach(this::column);
    }

    /** DESCRIBE FORMATTED; {@code partitions} are all of the table's. */
    public List<List<String>> formatted(List<Partition> partitions) {
        List<Column> own = partition.flatMap(Partition::columns).orElse(table.columns());
        own.forEach(this::column);
        if (table.partitioned()) {
            partitionInformation();
        }
        rows.add(Padding.blank());
        if (partition.isPresent()) {
            detailedPartition(partition.get());
        } else {
            detailedTable(partitions);
        }
        if (table.isView()) {
            viewInformation();
        } else {
            storageInformation();
        }
        if (!table.constraints().isEmpty()) {
            rows.add(Padding.blank());
            rows.add(Padding.heading("# Constraints"));
            table.constraints().forEach(text -> rows.add(TextRows.row(text, null, null)));
        }
        return rows;
    }

    private void detailedTable(List<Partition> partitions) {
        rows.add(Padding.heading("# Detailed Table Information"));
        rows.add(Padding.labelled("Database:", table.database()));
        rows.add(Padding.labelled("OwnerType:", "USER"));
        rows.add(Padding.labelled("Owner:", table.owner()));
        rows.add(Padding.labelled("CreateTime:", Padding.time(table.createTime(), zone)));
        rows.add(Padding.labelled("LastAccessTime:", "UNKNOWN"));
        rows.add(Padding.labelled("Retention:", "0"));
        table.storage()
                .location()
                .ifPresent(
                        location ->
                                rows.add(
                                        Padding.labelled(
                                                "Location:", Locations.display(location))));
        rows.add(Padding.labelled("Table Type:", SqlPattern.tableType(table)));
        parameters("Table Parameters:", TableFacts.parameters(table, partitions));
    }

    private void detailedPartition(Partition part) {
        rows.add(Padding.heading("# Detailed Partition Information"));
        rows.add(
                Padding.labelled(
                        "Partition Value:",
                        part.values().stream().collect(Collectors.joining(", ", "[", "]"))));
        rows.add(Padding.labelled("Database:", table.database()));
        rows.add(Padding.labelled("Table:", table.name()));
        rows.add(Padding.labelled("CreateTime:", Padding.time(part.createTime(), zone)));
        rows.add(Padding.labelled("LastAccessTime:", "UNKNOWN"));
        rows.add(Padding.labelled("Location:", Locations.display(part.location())));
        parameters("Partition Parameters:", TableFacts.parameters(table, part));
    }

    private void parameters(String heading, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        rows.add(Padding.heading(heading));
        parameters.forEach((key, value) -> rows.add(Padding.parameter(key, value)));
    }

    private TableStorage storage() {
        return partition.flatMap(Partition::storage).orElse(table.storage());
    }

    private void storageInformation() {
        TableStorage storage = storage();
        rows.add(Padding.blank());
        rows.add(Padding.heading("# Storage Information"));
        rows.add(Padding.labelled("SerDe Library:", storage.serdeClass()));
        rows.add(Padding.labelled("InputFormat:", storage.inputFormat()));
        rows.add(Padding.labelled("OutputFormat:", storage.outputFormat()));
        rows.add(Padding.labelled("Compressed:", "No"));
        Optional<Bucketing> buckets = table.bucketing();
        rows.add(
                Padding.labelled(
                        "Num Buckets:",
                        buckets.map(value -> Integer.toString(value.count())).orElse("-1")));
        rows.add(
                Padding.labelled(
                        "Bucket Columns:",
                        buckets.map(value -> value.columns().toString()).orElse("[]")));
        rows.add(
                Padding.labelled(
                        "Sort Columns:", buckets.map(TableDescription::sortColumns).orElse("[]")));
        parameters("Storage Desc Params:", storage.serdeProperties());
    }

    private static String sortColumns(Bucketing bucketing) {
        return bucketing.sortColumns().stream()
                .map(
                        column ->
                                "Order(col:%s, order:%d)"
                                        .formatted(column.name(), column.ascending() ? 1 : 0))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private void viewInformation() {
        rows.add(Padding.blank());
        rows.add(Padding.heading("# View Information"));
        table.view()
                .ifPresent(
                        view -> {
                            rows.add(Padding.labelled("Original Query:", view.originalText()));
                            rows.add(Padding.labelled("Expanded Query:", view.expandedText()));
                        });
    }

    /** DESCRIBE EXTENDED; {@code partitions} are all of the table's. */
    public List<List<String>> extended(List<Partition> partitions) {
        plain();
        rows.add(Padding.blank());
        rows.add(
                partition.isPresent()
                        ? TextRows.row(
                                "Detailed Partition Information",
                                partitionLine(partition.get()),
                                "")
                        : TextRows.row("Detailed Table Information", tableLine(partitions), ""));
        return rows;
    }

    private String tableLine(List<Partition> partitions) {
        return "Table(tableName:%s, dbName:%s, owner:%s, createTime:%d, lastAccessTime:0, retention:0, sd:%s, partitionKeys:%s, parameters:%s, viewOriginalText:%s, viewExpandedText:%s, tableType:%s, rewriteEnabled:false, catName:hive, ownerType:USER)"
                .formatted(
                        table.name(),
                        table.database(),
                        table.owner(),
                        table.createTime().getEpochSecond(),
                        descriptor(table.columns(), table.storage().location()),
                        fields(table.partitionColumns()),
                        TableFacts.parameters(table, partitions),
                        table.view().map(view -> view.originalText()).orElse("null"),
                        table.view().map(view -> view.expandedText()).orElse("null"),
                        SqlPattern.tableType(table));
    }

    private String partitionLine(Partition part) {
        return "Partition(values:%s, dbName:%s, tableName:%s, createTime:%d, lastAccessTime:0, sd:%s, parameters:%s, catName:hive)"
                .formatted(
                        part.values(),
                        table.database(),
                        table.name(),
                        part.createTime().getEpochSecond(),
                        descriptor(
                                part.columns().orElse(table.columns()),
                                Optional.of(part.location())),
                        TableFacts.parameters(table, part));
    }

    private String descriptor(List<Column> columns, Optional<String> location) {
        TableStorage storage = storage();
        Optional<Bucketing> buckets = table.bucketing();
        return "StorageDescriptor(cols:%s, location:%s, inputFormat:%s, outputFormat:%s, compressed:false, numBuckets:%d, serdeInfo:SerDeInfo(name:null, serializationLib:%s, parameters:%s), bucketCols:%s, sortCols:%s, parameters:{}, skewedInfo:SkewedInfo(skewedColNames:[], skewedColValues:[], skewedColValueLocationMaps:{}), storedAsSubDirectories:false)"
                .formatted(
                        fields(columns),
                        location.map(Locations::display).orElse("null"),
                        table.isView() ? "null" : storage.inputFormat(),
                        table.isView() ? "null" : storage.outputFormat(),
                        buckets.map(Bucketing::count).orElse(-1),
                        table.isView() ? "null" : storage.serdeClass(),
                        storage.serdeProperties(),
                        buckets.map(Bucketing::columns).orElse(List.of()),
                        buckets.map(TableDescription::sortColumns).orElse("[]"));
    }

    private static String fields(List<Column> columns) {
        return columns.stream()
                .map(
                        column ->
                                "FieldSchema(name:%s, type:%s, comment:%s)"
                                        .formatted(
                                                column.name(),
                                                column.typeName(),
                                                column.comment().orElse("null")))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
