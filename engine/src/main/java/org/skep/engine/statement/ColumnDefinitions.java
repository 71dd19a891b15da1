package org.skep.engine.statement;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.metastore.Column;
import org.skep.parser.ast.ColumnDefinition;
import org.skep.planner.analysis.TypeNameBinder;
import org.skep.types.DataType;

/** Turns columns as written into columns of the catalogue. Stateless. */
final class ColumnDefinitions {
    private ColumnDefinitions() {}

    /** The columns of a list. */
    static List<Column> columns(List<ColumnDefinition> definitions) {
        return definitions.stream().map(ColumnDefinitions::column).toList();
    }

    /** One column, without an id. */
    static Column column(ColumnDefinition definition) {
        DataType type = TypeNameBinder.bind(definition.type());
        return new Column(
                Column.UNASSIGNED, definition.name().name(), type.typeName(), definition.comment());
    }

    /** A column of a query's result. */
    static Column column(String name, DataType type) {
        return new Column(Column.UNASSIGNED, name, type.typeName(), Optional.empty());
    }

    /**
     * Refuses names that stand twice and partition columns whose values no directory can show.
     *
     * @throws SkepException DUPLICATE_COLUMN, PARTITION_COLUMN_REPEATED or PARTITION_COLUMN_TYPE
     */
    static void check(List<Column> columns, List<Column> partitionColumns) {
        Set<String> own = new HashSet<>();
        columns.forEach(column -> addOnce(own, column));
        Set<String> partition = new HashSet<>();
        for (Column column : partitionColumns) {
            addOnce(partition, column);
            if (own.contains(column.name())) {
                throw new SkepException(
                        ErrorCode.PARTITION_COLUMN_REPEATED,
                        "Column repeated in partitioning columns: " + column.name());
            }
            if (DataType.parse(column.typeName()).kind().isNested()) {
                throw new SkepException(
                        ErrorCode.PARTITION_COLUMN_TYPE,
                        "Partition column must be of primitive type. Found %s of type: %s"
                                .formatted(column.name(), column.typeName()));
            }
        }
    }

    private static void addOnce(Set<String> names, Column column) {
        if (!names.add(column.name())) {
            throw new SkepException(
                    ErrorCode.DUPLICATE_COLUMN, "Duplicate column name: " + column.name());
        }
    }
}
