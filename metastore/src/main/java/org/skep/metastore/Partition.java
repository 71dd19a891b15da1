package org.skep.metastore;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A partition of a table. Immutable.
 *
 * @param values one a partition column, as text; {@link PartitionName#DEFAULT_VALUE} stands for
 *     NULL and for the empty string
 * @param location absolute; empty if it is of a view
 * @param storage where it differs from the table's
 * @param columns where they differ from the table's, with the same ids
 * @param columnStatistics by column id
 */
public record Partition(
        List<String> values,
        String location,
        SortedMap<String, String> parameters,
        Optional<TableStorage> storage,
        Optional<List<Column>> columns,
        DataStatistics statistics,
        Map<Integer, ColumnStatistics> columnStatistics,
        Instant createTime) {
    /** Copies the collections; an empty value becomes the default value. */
    public Partition {
        values = values.stream().map(v -> v.isEmpty() ? PartitionName.DEFAULT_VALUE : v).toList();
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        columns = columns.map(List::copyOf);
        columnStatistics = Map.copyOf(columnStatistics);
        if (values.isEmpty() || location == null || createTime == null) {
            throw new IllegalArgumentException("Partition must have values and a location");
        }
    }

    /** A partition that is stored like its table and of whose content nothing is known. */
    public static Partition at(List<String> values, String location, Instant createTime) {
        return new Partition(
                values,
                location,
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty(),
                DataStatistics.NONE,
                Map.of(),
                createTime);
    }

    /** Whether the value at {@code index} stands for NULL. */
    public boolean isDefault(int index) {
        return values.get(index).equals(PartitionName.DEFAULT_VALUE);
    }

    /** The same at another place. */
    public Partition withLocation(String newLocation) {
        return new Partition(
                values,
                newLocation,
                parameters,
                storage,
                columns,
                statistics,
                columnStatistics,
                createTime);
    }

    /** The same with other parameters. */
    public Partition withParameters(Map<String, String> newParameters) {
        return new Partition(
                values,
                location,
                new TreeMap<>(newParameters),
                storage,
                columns,
                statistics,
                columnStatistics,
                createTime);
    }

    /** The same with other statistics. */
    public Partition withStatistics(
            DataStatistics newStatistics, Map<Integer, ColumnStatistics> newColumnStatistics) {
        return new Partition(
                values,
                location,
                parameters,
                storage,
                columns,
                newStatistics,
                newColumnStatistics,
                createTime);
    }

    /** The same with a storage and columns of its own. */
    public Partition withLayout(
            Optional<TableStorage> newStorage, Optional<List<Column>> newColumns) {
        return new Partition(
                values,
                location,
                parameters,
                newStorage,
                newColumns,
                statistics,
                columnStatistics,
                createTime);
    }
}
