package org.skep.plan.stage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.storage.WrittenFile;

/**
 * What an attempt at a task tells the coordinator when it has succeeded. Travels as bytes.
 * Immutable.
 *
 * @param files what it wrote
 * @param damage how many values it damaged, by the name of the kind
 * @param operators what its operators did, by index
 */
public record TaskReport(List<Written> files, Map<String, Long> damage, List<Operator> operators) {
    /** Copies the collections. */
    public TaskReport {
        files = List.copyOf(files);
        damage = java.util.Collections.unmodifiableMap(new TreeMap<>(damage));
        operators = List.copyOf(operators);
    }

    /**
     * A file, and the id of the target that it is for.
     *
     * @param target of the {@link org.skep.plan.node.WriteTarget}
     */
    public record Written(int target, WrittenFile file) {}

    /**
     * What an operator did in the task.
     *
     * @param index its number within the stage
     * @param rows that came out
     * @param batches that came out
     * @param peakMemory the most bytes that it held at once
     * @param spilledBytes written to disk for want of memory
     * @param bytesRead by a scan
     * @param rowsRead rows that a scan decoded before filters
     * @param unitsRead row groups or files that a scan read
     * @param unitsSkipped row groups or files that a scan skipped
     */
    public record Operator(
            int index,
            String name,
            long rows,
            long batches,
            long nanos,
            long peakMemory,
            long spilledBytes,
            long bytesRead,
            long rowsRead,
            long unitsRead,
            long unitsSkipped) {}
}
