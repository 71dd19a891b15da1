package org.skep.columnar.parquet;

import java.util.List;
import org.skep.storage.TableLayout;

/**
 * Finds a table's columns in a file: by name in any case, or by position where the table says so
 * with Hive's property {@code parquet.column.index.access}. Immutable.
 */
final class ColumnBinding {
    private static final String BY_POSITION = "parquet.column.index.access";

    private final Footer footer;
    private final boolean byPosition;

    private ColumnBinding(Footer footer, boolean byPosition) {
        this.footer = footer;
        this.byPosition = byPosition;
    }

    static ColumnBinding of(Footer footer, TableLayout layout) {
        return new ColumnBinding(
                footer, Boolean.parseBoolean(layout.properties().getOrDefault(BY_POSITION, "")));
    }

    /** The field of a column, or null if the file does not have it. */
    SchemaNode node(int ordinal, String name) {
        if (!byPosition) {
            return footer.schema().child(name);
        }
        List<SchemaNode> fields = footer.schema().children();
        return ordinal >= 0 && ordinal < fields.size() ? fields.get(ordinal) : null;
    }
}
