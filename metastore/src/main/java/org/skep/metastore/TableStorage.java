package org.skep.metastore;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How and where rows are stored. Immutable.
 *
 * @param format {@code text}, {@code parquet}, {@code orc}, …; empty for a view
 * @param serdeClass Hive's class name, shown by DESCRIBE FORMATTED and never loaded
 * @param location absolute, without scheme for the local disk; empty for a view
 */
public record TableStorage(
        String format,
        String serdeClass,
        SortedMap<String, String> serdeProperties,
        String inputFormat,
        String outputFormat,
        Optional<String> location) {
    /** The storage of what stores nothing. */
    public static final TableStorage NONE =
            new TableStorage("", "", Collections.emptySortedMap(), "", "", Optional.empty());

    /** Copies the map. */
    public TableStorage {
        serdeProperties = Collections.unmodifiableSortedMap(new TreeMap<>(serdeProperties));
        if (format == null
                || serdeClass == null
                || inputFormat == null
                || outputFormat == null
                || location == null) {
            throw new IllegalArgumentException("Storage must be complete");
        }
    }

    /** The same storage at another place. */
    public TableStorage withLocation(String newLocation) {
        return new TableStorage(
                format,
                serdeClass,
                serdeProperties,
                inputFormat,
                outputFormat,
                Optional.of(newLocation));
    }

    /** The same storage with other serde properties. */
    public TableStorage withSerdeProperties(Map<String, String> properties) {
        return new TableStorage(
                format, serdeClass, new TreeMap<>(properties), inputFormat, outputFormat, location);
    }
}
