package org.skep.storage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.types.DataType;

/**
 * How a table's (or partition's) files are to be understood: the format, its properties and all own
 * columns in order. Immutable.
 *
 * @param format name of the format in lower case: {@code text}, {@code parquet}, …
 * @param properties serde and table properties that matter to the format, such as {@code
 *     field.delim}
 * @param columns the table's own columns, without the partition columns
 */
public record TableLayout(String format, Map<String, String> properties, List<Column> columns) {
    /** One own column. */
    public record Column(int id, String name, DataType type) {}

    /** Copies the collections. */
    public TableLayout {
        properties = java.util.Collections.unmodifiableMap(new TreeMap<>(properties));
        columns = List.copyOf(columns);
    }
}
