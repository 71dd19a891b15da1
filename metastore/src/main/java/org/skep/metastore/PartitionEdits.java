package org.skep.metastore;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a commit does to the partitions of a table. Immutable.
 *
 * @param added must not exist yet
 * @param put replace those with the same values, or are added
 * @param dropped values of partitions that must exist
 */
public record PartitionEdits(
        List<Partition> added, List<Partition> put, List<List<String>> dropped) {
    /** Partitions stay as they are. */
    public static final PartitionEdits NONE = new PartitionEdits(List.of(), List.of(), List.of());

    /** Copies the lists and checks that no partition is named twice. */
    public PartitionEdits {
        added = List.copyOf(added);
        put = List.copyOf(put);
        dropped = List.copyOf(dropped);
        Set<List<String>> seen = new HashSet<>();
        for (Partition partition : added) {
            once(seen, partition.values());
        }
        for (Partition partition : put) {
            once(seen, partition.values());
        }
        for (List<String> values : dropped) {
            once(seen, values);
        }
    }

    private static void once(Set<List<String>> seen, List<String> values) {
        if (!seen.add(values)) {
            throw new IllegalArgumentException("Partition must be named once: " + values);
        }
    }

    /** Adds partitions that must not exist yet. */
    public static PartitionEdits add(List<Partition> partitions) {
        return new PartitionEdits(partitions, List.of(), List.of());
    }

    /** Adds partitions or replaces those with the same values. */
    public static PartitionEdits put(List<Partition> partitions) {
        return new PartitionEdits(List.of(), partitions, List.of());
    }

    /** Drops partitions. */
    public static PartitionEdits drop(List<List<String>> values) {
        return new PartitionEdits(List.of(), List.of(), values);
    }

    /** Whether nothing changes. */
    public boolean isEmpty() {
        return added.isEmpty() && put.isEmpty() && dropped.isEmpty();
    }
}
