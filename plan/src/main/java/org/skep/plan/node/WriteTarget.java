package org.skep.plan.node;

import java.util.List;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;

/**
 * Where and how a statement's rows are written. The input has the layout's columns and then one
 * column for each dynamic partition key. Immutable.
 *
 * @param id distinguishes the targets of one statement
 * @param table for messages: {@code db.table}, or a directory
 * @param stagingDirectory a task writes only below {@code <stagingDirectory>/<attempt>}; it makes
 *     partition directories there
 * @param staticPartitionValues values of the leading, static partition keys as Hive writes them in
 *     directory names
 * @param dynamicPartitionNames names of the remaining partition keys
 * @param dynamicPartitionTypes their types
 * @param defaultPartitionName what stands for NULL and the empty string
 */
public record WriteTarget(
        int id,
        String table,
        String stagingDirectory,
        TableLayout layout,
        List<String> staticPartitionValues,
        List<String> dynamicPartitionNames,
        List<DataType> dynamicPartitionTypes,
        String defaultPartitionName) {
    /** Copies the lists. */
    public WriteTarget {
        staticPartitionValues = List.copyOf(staticPartitionValues);
        dynamicPartitionNames = List.copyOf(dynamicPartitionNames);
        dynamicPartitionTypes = List.copyOf(dynamicPartitionTypes);
    }
}
