package org.skep.engine.publish;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.CatalogueStep;
import org.skep.metastore.Database;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.storage.WrittenFile;

/** Publishes what statements write. Safe for use by many threads. */
public final class Publisher {
    private static final String STAGING = "_skep_staging";
    private static final int ATTEMPTS = 20;

    private final Catalogue catalogue;
    private final FileSystems fileSystems;
    private final Clock clock;

    /**
     * A publisher of one warehouse.
     *
     * @param journals the directory of the journals of writes that are being put in place
     */
    public Publisher(Catalogue catalogue, FileSystems fileSystems, Clock clock, Path journals) {
        this.catalogue = catalogue;
        this.fileSystems = fileSystems;
        this.clock = clock;
    }

    /** Makes the directory {@code <table>/_skep_staging/<query>} for files of a statement. */
    public Staging begin(String queryId, String tableLocation) {
        FileSystem fileSystem = fileSystems.of(tableLocation);
        String directory = tableLocation + "/" + STAGING + "/" + queryId;
        fileSystem.createDirectories(directory);
        return new Staging(fileSystem, directory);
    }

    /**
     * Makes all changes, durably, all or nothing.
     *
     * @return the new version of each table, in the order of the changes
     * @throws SkepException CONFLICT if a definition that was to be changed is no longer what it was;
     *     TABLE_EXISTS, PARTITION_EXISTS, PARTITION_NOT_FOUND, TABLE_NOT_FOUND
     */
    public List<Table> publish(Publication publication) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(publication);
            } catch (SkepException e) {
                if (e.code() != ErrorCode.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Drops tables and views, and a database if one is given, in one commit; files of managed tables go. */
    public void drop(String queryId, List<Table> tables, Optional<Database> database) {
        CatalogueChange.Builder change = CatalogueChange.builder();
        List<String> directories = new ArrayList<>();
        for (Table table : tables) {
            change.drop(table);
            if (table.kind() == TableKind.MANAGED) {
                table.storage().location().ifPresent(directories::add);
                catalogue.partitions(table).forEach(part -> directories.add(part.location()));
            }
        }
        database.ifPresent(change::drop);
        catalogue.commit(change.build());
        directories.forEach(directory -> fileSystems.of(directory).deleteTree(directory));
    }

    /**
     * The files of a table, or of some of its partitions, as of the table's version.
     *
     * @param partitions ignored for a table without partitions
     */
    public TableSnapshot snapshot(Table table, List<Partition> partitions) {
        Map<List<String>, List<FileStatus>> files = new HashMap<>();
        if (!table.partitioned()) {
            table.storage()
                    .location()
                    .ifPresent(location -> files.put(List.of(), list(location)));
        }
        for (Partition partition : partitions) {
            files.put(partition.values(), list(partition.location()));
        }
        return new TableSnapshot(files, () -> {});
    }

    /** Finishes what an earlier process left unfinished and deletes what it did not commit. */
    public void recover() {
        // Commits of this publisher leave nothing behind.
    }

    private List<FileStatus> list(String directory) {
        FileSystem fileSystem = fileSystems.of(directory);
        return fileSystem.status(directory).isEmpty()
                ? List.of()
                : fileSystem.listRecursively(directory);
    }

    private List<Table> attempt(Publication publication) {
        CatalogueChange.Builder commit = CatalogueChange.builder();
        List<String> retired = new ArrayList<>();
        Map<String, String> moves = new LinkedHashMap<>();
        for (TableChange change : publication.changes()) {
            commit.step(step(publication.queryId(), change, retired, moves));
        }
        List<Table> after = catalogue.commit(commit.build());
        for (String path : retired) {
            fileSystems.of(path).delete(path);
        }
        Set<String> made = new HashSet<>();
        moves.forEach(
                (from, to) -> {
                    FileSystem fileSystem = fileSystems.of(to);
                    String directory = to.substring(0, to.lastIndexOf('/'));
                    if (made.add(directory)) {
                        fileSystem.createDirectories(directory);
                    }
                    fileSystem.rename(from, to);
                });
        return after;
    }

    private CatalogueStep step(
            String queryId, TableChange change, List<String> retired, Map<String, String> moves) {
        boolean creates = change.base().id().isEmpty();
        Table base = change.base();
        Table target = change.target();
        if (!creates && target.equals(base)) {
            Table now = catalogue.requireTable(base.database(), base.name());
            if (!now.id().equals(base.id())) {
                throw new SkepException(
                        ErrorCode.TABLE_NOT_FOUND, "Table not found: " + base.qualifiedName());
            }
            base = now;
            target = now;
        }
        Map<List<String>, Partition> existing = new LinkedHashMap<>();
        if (!creates && base.partitioned()) {
            catalogue.partitions(base).forEach(part -> existing.put(part.values(), part));
        }
        Map<List<String>, Partition> added = new LinkedHashMap<>();
        Map<List<String>, Partition> put = new LinkedHashMap<>();
        List<List<String>> dropped = new ArrayList<>(change.droppedPartitions());
        change.createdPartitions().forEach(part -> added.put(part.values(), part));
        boolean managed = base.kind() == TableKind.MANAGED;
        DataStatistics statistics = creates ? DataStatistics.EMPTY : base.statistics();
        if (change.replacesTable()) {
            statistics = DataStatistics.EMPTY;
            if (base.partitioned()) {
                existing.forEach(
                        (values, part) -> {
                            retire(part.location(), retired);
                            put.put(values, part.withStatistics(DataStatistics.EMPTY, Map.of()));
                        });
            } else if (!creates) {
                base.storage().location().ifPresent(location -> retire(location, retired));
            }
        }
        for (List<String> values : change.droppedPartitions()) {
            Partition part = existing.get(values);
            if (part != null && managed) {
                retire(part.location(), retired);
            }
        }
        for (List<String> values : change.replacedPartitions()) {
            Partition part = existing.get(values);
            if (part == null) {
                added.put(values, fresh(target, values).withStatistics(DataStatistics.EMPTY, Map.of()));
            } else {
                retire(part.location(), retired);
                put.put(values, part.withStatistics(DataStatistics.EMPTY, Map.of()));
            }
        }
        int number = 0;
        for (WrittenFile file : change.added()) {
            DataStatistics delta = new DataStatistics(file.rowCount(), 1, file.byteCount());
            String name =
                    file.stagedPath().substring(file.stagedPath().lastIndexOf('/') + 1);
            String finalName = queryId + "_" + number++ + "_" + name;
            String location;
            if (target.partitioned()) {
                List<String> values = file.partitionValues();
                Partition part = put.getOrDefault(values, added.get(values));
                if (part == null) {
                    part = existing.get(values);
                    if (part == null) {
                        part =
                                fresh(target, values)
                                        .withStatistics(DataStatistics.EMPTY, Map.of());
                        added.put(values, part);
                    } else {
                        put.put(values, part);
                    }
                }
                Partition changed =
                        part.withStatistics(part.statistics().plus(delta), Map.of());
                if (put.containsKey(values)) {
                    put.put(values, changed);
                } else {
                    added.put(values, changed);
                }
                location = part.location();
            } else {
                statistics = statistics.plus(delta);
                location = target.storage().location().orElseThrow();
            }
            moves.put(file.stagedPath(), location + "/" + finalName);
        }
        Table changed = target.toBuilder().statistics(statistics).build();
        PartitionEdits edits =
                new PartitionEdits(
                        List.copyOf(added.values()), List.copyOf(put.values()), dropped);
        return creates
                ? new CatalogueStep.CreateTable(changed, edits, Map.of())
                : new CatalogueStep.AlterTable(base, changed, edits, Optional.empty());
    }

    private Partition fresh(Table table, List<String> values) {
        String location =
                table.storage().location().orElseThrow() + "/" + table.partitionName(values);
        return Partition.at(values, location, clock.now());
    }

    private void retire(String directory, List<String> retired) {
        list(directory).forEach(file -> retired.add(file.path()));
    }
}
