package org.skep.engine.statement;

import java.util.ArrayList;
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
     * Refuses names that stand twice.
     *
     * @throws SkepException DUPLICATE_COLUMN
     */
    static void check(List<Column> columns, List<Column> partitionColumns) {
        Set<String> names = new HashSet<>();
        List<Column> all = new ArrayList<>(columns);
        all.addAll(partitionColumns);
        for (Column column : all) {
            if (!names.add(column.name())) {
                throw new SkepException(
                        ErrorCode.DUPLICATE_COLUMN, "Duplicate column name: " + column.name());
            }
        }
    }
}
