package org.skep.planner.environment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.metastore.Column;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.TableStorage;
import org.skep.plan.node.PhysicalNode;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;

/**
 * A scan whose splits are still to be made. Immutable.
 *
 * @param scanId under which the splits travel
 * @param partitions the partitions that may have matching rows; empty for a table that is not
 *     partitioned
 */
public record PlannedScan(
        int scanId, Table table, List<Partition> partitions, PhysicalNode.TableScan node) {
    /** Copies the list. */
    public PlannedScan {
        partitions = List.copyOf(partitions);
    }

    /** The index, into the node's layouts, of the one for a partition's files. */
    public int layoutIndex(Partition partition) {
        return partition.storage().isEmpty() && partition.columns().isEmpty()
                ? 0
                : node.layouts().indexOf(layout(table, partition));
    }

    /**
     * How the files of a table, or of one of its partitions (null for the table itself), are to be
     * understood.
     */
    public static TableLayout layout(Table table, Partition partition) {
        TableStorage storage =
                partition == null ? table.storage() : partition.storage().orElse(table.storage());
        List<Column> columns =
                partition == null ? table.columns() : partition.columns().orElse(table.columns());
        Map<String, String> properties = new HashMap<>(table.properties());
        properties.putAll(storage.serdeProperties());
        return new TableLayout(
                storage.format(),
                properties,
                columns.stream()
                        .map(
                                c ->
                                        new TableLayout.Column(
                                                c.id(), c.name(), DataType.parse(c.typeName())))
                        .toList());
    }
}
