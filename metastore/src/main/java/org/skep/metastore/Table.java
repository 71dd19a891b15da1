package org.skep.metastore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of a table or view. Immutable; a change makes a new one through {@link #toBuilder}
 * and is handed to {@link Catalogue#commit} together with this one.
 *
 * @param id given by the catalogue on creation, stays through renames, never used again
 * @param version counts the commits to this table from 1 on
 * @param lastColumnId the largest column id that was ever used in this table
 * @param properties TBLPROPERTIES
 * @param constraints as text, in the order of their definition
 * @param statistics how much is in the table
 * @param pendingJournals writes to this table that may have files to move still, oldest first
 * @param state for the catalogue's own use
 */
public record Table(
        String id,
        long version,
        String database,
        String name,
        TableKind kind,
        String owner,
        Instant createTime,
        Optional<String> comment,
        List<Column> columns,
        List<Column> partitionColumns,
        int lastColumnId,
        TableStorage storage,
        SortedMap<String, String> properties,
        Optional<ViewDefinition> view,
        Optional<Bucketing> bucketing,
        List<String> constraints,
        DataStatistics statistics,
        List<PendingJournal> pendingJournals,
        TableState state) {

    /** Copies the collections and checks the column ids. */
    public Table {
        columns = List.copyOf(columns);
        partitionColumns = List.copyOf(partitionColumns);
        constraints = List.copyOf(constraints);
        pendingJournals = List.copyOf(pendingJournals);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        if (database.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("Table must have a name and a database");
        }
        if ((kind == TableKind.VIEW) != view.isPresent()) {
            throw new IllegalArgumentException("A view must have a definition: " + name);
        }
        Set<Integer> ids = new HashSet<>();
        for (List<Column> group : List.of(columns, partitionColumns)) {
            for (Column column : group) {
                if (column.id() <= 0 || column.id() > lastColumnId || !ids.add(column.id())) {
                    throw new IllegalArgumentException(
                            "Column ids must be unique and assigned: " + column);
                }
            }
        }
    }

    /** A table that is yet to be created. */
    public static Builder named(String database, String name) {
        return new Builder(database, name);
    }

    /** A copy that can be changed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@code database.table}. */
    public String qualifiedName() {
        return database + "." + name;
    }

    /** Whether it has partition columns. */
    public boolean partitioned() {
        return !partitionColumns.isEmpty();
    }

    /** Whether it is a view. */
    public boolean isView() {
        return kind == TableKind.VIEW;
    }

    /** How many partitions it has. */
    public long partitionCount() {
        return state.partitionCount();
    }

    /** All columns, partition columns last, as SELECT * shows them. */
    public List<Column> allColumns() {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(partitionColumns);
        return all;
    }

    /** The name of one of its partitions, such as {@code year=2026/month=3}. */
    public String partitionName(List<String> values) {
        return PartitionName.of(partitionColumns, values);
    }

    /**
     * Collects the parts of a table; what is not set keeps its value, or a plain default for a new
     * one. Columns without an id get the next free one. Confined to one thread.
     */
    public static final class Builder {
        private String id = "";
        private long version;
        private String database;
        private String name;
        private TableKind kind = TableKind.MANAGED;
        private String owner = "";
        private Instant createTime = Instant.EPOCH;
        private Optional<String> comment = Optional.empty();
        private List<Column> columns = List.of();
        private List<Column> partitionColumns = List.of();
        private int lastColumnId;
        private TableStorage storage = TableStorage.NONE;
        private SortedMap<String, String> properties = new TreeMap<>();
        private Optional<ViewDefinition> view = Optional.empty();
        private Optional<Bucketing> bucketing = Optional.empty();
        private List<String> constraints = List.of();
        private DataStatistics statistics = DataStatistics.NONE;
        private List<PendingJournal> pendingJournals = new ArrayList<>();
        private TableState state = TableState.NEW;

        private Builder(String database, String name) {
            this.database = database;
            this.name = name;
        }

        private Builder(Table table) {
            id = table.id;
            version = table.version;
            database = table.database;
            name = table.name;
            kind = table.kind;
            owner = table.owner;
            createTime = table.createTime;
            comment = table.comment;
            columns = table.columns;
            partitionColumns = table.partitionColumns;
            lastColumnId = table.lastColumnId;
            storage = table.storage;
            properties = new TreeMap<>(table.properties);
            view = table.view;
            bucketing = table.bucketing;
            constraints = table.constraints;
            statistics = table.statistics;
            pendingJournals = new ArrayList<>(table.pendingJournals);
            state = table.state;
        }

        /** For the catalogue: which table this is and which version. */
        public Builder identity(String newId, long newVersion, TableState newState) {
            id = newId;
            version = newVersion;
            state = newState;
            return this;
        }

        /** For the catalogue: the largest column id that was ever used. */
        public Builder lastColumnId(int value) {
            lastColumnId = value;
            return this;
        }

        /** Gives it another name, in lower case, perhaps in another database. */
        public Builder name(String newDatabase, String newName) {
            database = newDatabase;
            name = newName;
            return this;
        }

        /** Sets the kind. */
        public Builder kind(TableKind value) {
            kind = value;
            return this;
        }

        /** Sets the owner's name. */
        public Builder owner(String value) {
            owner = value;
            return this;
        }

        /** Sets when it was made. */
        public Builder createTime(Instant value) {
            createTime = value;
            return this;
        }

        /** Sets the comment. */
        public Builder comment(Optional<String> value) {
            comment = value;
            return this;
        }

        /** Sets the columns; those that stay keep their ids. */
        public Builder columns(List<Column> value) {
            columns = List.copyOf(value);
            return this;
        }

        /** Sets the partition columns. */
        public Builder partitionColumns(List<Column> value) {
            partitionColumns = List.copyOf(value);
            return this;
        }

        /** Sets format and location. */
        public Builder storage(TableStorage value) {
            storage = value;
            return this;
        }

        /** Replaces all properties. */
        public Builder properties(Map<String, String> value) {
            properties = new TreeMap<>(value);
            return this;
        }

        /** Sets one property. */
        public Builder property(String key, String value) {
            properties.put(key, value);
            return this;
        }

        /** Makes it a view. */
        public Builder view(ViewDefinition value) {
            view = Optional.of(value);
            kind = TableKind.VIEW;
            return this;
        }

        /** Sets CLUSTERED BY. */
        public Builder bucketing(Optional<Bucketing> value) {
            bucketing = value;
            return this;
        }

        /** Sets the constraints. */
        public Builder constraints(List<String> value) {
            constraints = List.copyOf(value);
            return this;
        }

        /** Sets how much is in it. */
        public Builder statistics(DataStatistics value) {
            statistics = value;
            return this;
        }

        /** Adds a journal: the commit of this table is then the commit point of that write. */
        public Builder addPendingJournal(PendingJournal journal) {
            pendingJournals.add(journal);
            return this;
        }

        /** Removes a journal whose files are all in place. */
        public Builder removePendingJournal(String journalId) {
            pendingJournals.removeIf(journal -> journal.id().equals(journalId));
            return this;
        }

        /** Replaces all journals. */
        public Builder pendingJournals(List<PendingJournal> value) {
            pendingJournals = new ArrayList<>(value);
            return this;
        }

        /** The table; gives ids to columns that have none. */
        public Table build() {
            List<Column> plain = withIds(columns);
            List<Column> partition = withIds(partitionColumns);
            return new Table(
                    id,
                    version,
                    database,
                    name,
                    kind,
                    owner,
                    createTime,
                    comment,
                    plain,
                    partition,
                    lastColumnId,
                    storage,
                    properties,
                    view,
                    bucketing,
                    constraints,
                    statistics,
                    pendingJournals,
                    state);
        }

        private List<Column> withIds(List<Column> group) {
            List<Column> result = new ArrayList<>(group.size());
            for (Column column : group) {
                result.add(
                        column.id() == Column.UNASSIGNED ? column.withId(++lastColumnId) : column);
            }
            return result;
        }
    }
}
