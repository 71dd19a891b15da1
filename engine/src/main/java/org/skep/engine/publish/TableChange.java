package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.List;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.storage.WrittenFile;

/**
 * What a statement does to one table. Immutable.
 *
 * @param base the table as the statement read it; one without an id is created
 * @param target the definition afterwards; equal to {@code base} when only data changes, in which
 *     case the change is made to the newest version if another commit came first
 * @param added files to move in under names of our own; a partition that is missing is created
 *     below the table's location
 * @param loaded files to move in under the names that they have, or with {@code _copy_1} and so on
 *     where such a file is there
 * @param replacesTable all files that were there go; partitions stay
 * @param replacedPartitions values of partitions all of whose files go; created if missing
 * @param createdPartitions partitions that must not exist yet
 * @param droppedPartitions values of partitions that go, with their files if the table is managed
 * @param movesFiles whether files below the location of {@code base} move to that of {@code target}
 * @param exact whether the change fails with CONFLICT if any commit came after {@code base}, even
 *     one that changed data only
 */
public record TableChange(
        Table base,
        Table target,
        List<WrittenFile> added,
        List<WrittenFile> loaded,
        boolean replacesTable,
        List<List<String>> replacedPartitions,
        List<Partition> createdPartitions,
        List<List<String>> droppedPartitions,
        boolean movesFiles,
        boolean exact) {
    /** Copies the lists. */
    public TableChange {
        added = List.copyOf(added);
        loaded = List.copyOf(loaded);
        replacedPartitions = List.copyOf(replacedPartitions);
        createdPartitions = List.copyOf(createdPartitions);
        droppedPartitions = List.copyOf(droppedPartitions);
    }

    /** Begins a change of a table; without more it changes nothing. */
    public static Builder of(Table base) {
        return new Builder(base);
    }

    /** Collects the parts. Confined to one thread. */
    public static final class Builder {
        private final Table base;
        private Table target;
        private final List<WrittenFile> added = new ArrayList<>();
        private final List<WrittenFile> loaded = new ArrayList<>();
        private boolean replacesTable;
        private boolean movesFiles;
        private boolean exact;
        private final List<List<String>> replacedPartitions = new ArrayList<>();
        private final List<Partition> createdPartitions = new ArrayList<>();
        private final List<List<String>> droppedPartitions = new ArrayList<>();

        private Builder(Table base) {
            this.base = base;
            this.target = base;
        }

        /** Gives the table another definition. */
        public Builder target(Table definition) {
            target = definition;
            return this;
        }

        /** Adds files. */
        public Builder add(List<WrittenFile> files) {
            added.addAll(files);
            return this;
        }

        /** Adds files that keep their names, as LOAD DATA does; they may lie anywhere. */
        public Builder load(List<WrittenFile> files) {
            loaded.addAll(files);
            return this;
        }

        /** Moves the files along when the location changes, as RENAME TO does. */
        public Builder moveFiles() {
            movesFiles = true;
            return this;
        }

        /** Takes away all that was in the table. */
        public Builder replaceTable() {
            replacesTable = true;
            return this;
        }

        /** Takes away all that was in these partitions. */
        public Builder replacePartitions(List<List<String>> values) {
            replacedPartitions.addAll(values);
            return this;
        }

        /** Makes partitions. */
        public Builder createPartitions(List<Partition> partitions) {
            createdPartitions.addAll(partitions);
            return this;
        }

        /** Drops partitions. */
        public Builder dropPartitions(List<List<String>> values) {
            droppedPartitions.addAll(values);
            return this;
        }

        /** Makes the change to the version that was read, or not at all. */
        public Builder exact() {
            exact = true;
            return this;
        }

        /** The change. */
        public TableChange build() {
            return new TableChange(
                    base,
                    target,
                    added,
                    loaded,
                    replacesTable,
                    replacedPartitions,
                    createdPartitions,
                    droppedPartitions,
                    movesFiles,
                    exact);
        }
    }
}
