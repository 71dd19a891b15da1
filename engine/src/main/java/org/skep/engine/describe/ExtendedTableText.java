package org.skep.engine.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skep.base.io.FileStatus;
import org.skep.engine.catalog.Locations;
import org.skep.metastore.Column;
import org.skep.metastore.Table;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;

/** The lines of SHOW TABLE EXTENDED. Stateless. */
public final class ExtendedTableText {
    private ExtendedTableText() {}

    /** The lines for a table whose files are these, with a blank one at the end. */
    public static List<String> lines(
            Table table, Optional<String> location, List<FileStatus> files) {
        List<String> lines = new ArrayList<>();
        lines.add("tableName:" + table.name());
        lines.add("owner:" + table.owner());
        lines.add("location:" + location.map(Locations::display).orElse("null"));
        lines.add("inputformat:" + text(table.storage().inputFormat()));
        lines.add("outputformat:" + text(table.storage().outputFormat()));
        lines.add("columns:struct columns { %s}".formatted(fields(table.columns())));
        lines.add("partitioned:" + table.partitioned());
        lines.add(
                "partitionColumns:"
                        + (table.partitioned()
                                ? "struct partition_columns { %s}"
                                        .formatted(fields(table.partitionColumns()))
                                : ""));
        LongSummaryStatistics sizes =
                files.stream().mapToLong(FileStatus::length).summaryStatistics();
        long latest = files.stream().mapToLong(FileStatus::modifiedMillis).max().orElse(0);
        lines.add("totalNumberFiles:" + files.size());
        lines.add("totalFileSize:" + sizes.getSum());
        lines.add("maxFileSize:" + (files.isEmpty() ? 0 : sizes.getMax()));
        lines.add("minFileSize:" + (files.isEmpty() ? 0 : sizes.getMin()));
        lines.add("lastAccessTime:" + latest);
        lines.add("lastUpdateTime:" + latest);
        lines.add("");
        return lines;
    }

    private static String text(String className) {
        return className.isEmpty() ? "null" : className;
    }

    private static String fields(List<Column> columns) {
        return columns.stream()
                .map(column -> thrift(DataType.parse(column.typeName())) + " " + column.name())
                .collect(Collectors.joining(", "));
    }

    private static String thrift(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "bool";
            case TINYINT -> "byte";
            case SMALLINT -> "i16";
            case INT -> "i32";
            case BIGINT -> "i64";
            case ARRAY -> "list<" + thrift(((ListType) type).element()) + ">";
            case MAP ->
                    "map<%s,%s>"
                            .formatted(
                                    thrift(((MapType) type).key()),
                                    thrift(((MapType) type).value()));
            case STRUCT ->
                    ((StructType) type)
                            .fields().stream()
                                    .map(field -> field.name() + ":" + thrift(field.type()))
                                    .collect(Collectors.joining(",", "struct<", ">"));
            default -> type.typeName();
        };
    }
}
