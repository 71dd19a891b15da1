package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystems;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueStep;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.PartitionName;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.storage.WrittenFile;

/**
 * What a change means for one version of its table: the step in the catalogue and the files to
 * move. Made anew when the table changed meanwhile. Confined to one thread, used once.
 */
final class Draft {
    private final Catalogue catalogue;
    private final FileSystems fileSystems;
    private final SnapshotReader reader;
    private final Clock clock;
    private final String journalId;
    private final String queryId;
    private final TableChange change;
    private final Table base;
    private final Table target;
    private final boolean creates;
    private final String root;

    private final Map<List<String>, Partition> existing = new LinkedHashMap<>();
    private final Map<List<String>, Partition> added = new LinkedHashMap<>();
    private final Map<List<String>, Partition> put = new LinkedHashMap<>();
    private final Set<List<String>> dropped = new LinkedHashSet<>();
    private final List<FileMove> moves = new ArrayList<>();
    private final List<FileMove> retired = new ArrayList<>();
    private final List<String> emptied = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private DataStatistics statistics;

    Draft(
            Catalogue catalogue,
            FileSystems fileSystems,
            SnapshotReader reader,
            Clock clock,
            String journalId,
            String queryId,
            TableChange change,
            Table base,
            Table target) {
        this.catalogue = catalogue;
        this.fileSystems = fileSystems;
        this.reader = reader;
        this.clock = clock;
        this.journalId = journalId;
        this.queryId = queryId;
        this.change = change;
        this.base = base;
        this.target = target;
        creates = base.id().isEmpty();
        root = target.storage().location().map(Location::of).orElse("");
        statistics = creates ? DataStatistics.EMPTY : base.statistics();
    }

    /** The files to move. */
    Journal.Part part() {
        List<String> roots = new ArrayList<>();
        roots.add(root);
        String before = base.storage().location().map(Location::of).orElse(root);
        if (!before.equals(root) && change.movesFiles()) {
            roots.add(before);
        }
        return new Journal.Part(
                base.id(), target.database(), target.name(), false, roots, moves, retired, emptied);
    }

    /** The step, which names the journal if there is one, and no longer those that are done. */
    CatalogueStep step(Optional<PendingJournal> journal, Set<String> finished) {
        Table.Builder builder = target.toBuilder().statistics(statistics);
        finished.forEach(builder::removePendingJournal);
        journal.ifPresent(builder::addPendingJournal);
        PartitionEdits edits =
                new PartitionEdits(
                        List.copyOf(added.values()),
                        List.copyOf(put.values()),
                        List.copyOf(dropped));
        return creates
                ? new CatalogueStep.CreateTable(builder.build(), edits, Map.of())
                : new CatalogueStep.AlterTable(base, builder.build(), edits, Optional.empty());
    }

    /** Works it out. */
    Draft make() {
        if (base.partitioned() && !creates) {
            readPartitions();
        }
        for (Partition partition : change.createdPartitions()) {
            added.put(partition.values(), partition);
        }
        drop();
        replace();
        if (change.movesFiles()) {
            relocate();
        }
        number(change.added(), true);
        number(change.loaded(), false);
        return this;
    }

    private void readPartitions() {
        Set<List<String>> touched = new HashSet<>();
        change.droppedPartitions().forEach(values -> touched.add(normal(values)));
        change.replacedPartitions().forEach(values -> touched.add(normal(values)));
        change.added().forEach(file -> touched.add(normal(file.partitionValues())));
        change.loaded().forEach(file -> touched.add(normal(file.partitionValues())));
        boolean all = change.replacesTable() || change.movesFiles();
        if (base.partitionCount() > 0 && (all || !touched.isEmpty())) {
            catalogue
                    .partitions(base, values -> all || touched.contains(values))
                    .forEach(part -> existing.put(part.values(), part));
        }
    }

    private static List<String> normal(List<String> values) {
        List<String> normal = new ArrayList<>(values.size());
        for (String value : values) {
            normal.add(value == null || value.isEmpty() ? PartitionName.DEFAULT_VALUE : value);
        }
        return normal;
    }

    private void drop() {
        boolean managed = base.kind() == TableKind.MANAGED;
        Set<String> directories = new LinkedHashSet<>();
        for (List<String> given : change.droppedPartitions()) {
            List<String> values = normal(given);
            dropped.add(values);
            Partition part = existing.get(values);
            if (part != null && managed) {
                directories.add(Location.of(part.location()));
            }
        }
        retire(directories);
        for (String directory : directories) {
            emptied.add(directory);
            // Of k1=a/k2=b the directory k1=a goes with its last partition.
            for (String above = Location.parent(directory);
                    Location.within(above, root) && !above.equals(root);
                    above = Location.parent(above)) {
                if (!emptied.contains(above)) {
                    emptied.add(above);
                }
            }
        }
        emptied.sort((a, b) -> Integer.compare(b.length(), a.length()));
    }

    private void replace() {
        Set<String> directories = new LinkedHashSet<>();
        if (change.replacesTable()) {
            statistics = DataStatistics.EMPTY;
            if (base.partitioned()) {
                existing.forEach((values, part) -> empty(part, directories));
            } else if (!creates) {
                directories.add(root);
            }
        }
        for (List<String> given : change.replacedPartitions()) {
            List<String> values = normal(given);
            Partition part = existing.get(values);
            if (part != null) {
                dropped.remove(values);
                empty(part, directories);
            } else {
                Partition fresh = fresh(values);
                added.put(values, fresh);
                directories.add(Location.of(fresh.location()));
            }
        }
        retire(directories);
    }

    private void empty(Partition part, Set<String> directories) {
        directories.add(Location.of(part.location()));
        put.put(part.values(), part.withStatistics(DataStatistics.EMPTY, Map.of()));
    }

    private Partition fresh(List<String> values) {
        String location = root + "/" + target.partitionName(values);
        return Partition.at(values, location, clock.now())
                .withStatistics(DataStatistics.EMPTY, Map.of());
    }

    private void retire(Set<String> directories) {
        if (directories.isEmpty()) {
            return;
        }
        Map<String, SortedMap<String, FileStatus>> files =
                creates ? Map.of() : reader.list(base, directories);
        for (String directory : directories) {
            for (Map.Entry<String, FileStatus> entry :
                    files.getOrDefault(directory, new TreeMap<>()).entrySet()) {
                FileStatus file = entry.getValue();
                retired.add(
                        new FileMove(
                                entry.getKey(),
                                trash(directory, entry.getKey()),
                                file.length(),
                                file.modifiedMillis()));
            }
        }
    }

    private String trash(String directory, String path) {
        String place = Location.within(directory, root) ? root : directory;
        return "%s/%s/%s/%d-%s"
                .formatted(place, Location.TRASH, journalId, retired.size(), Location.name(path));
    }

    private void relocate() {
        String before = base.storage().location().map(Location::of).orElse(root);
        if (before.equals(root)) {
            return;
        }
        Set<String> directories = new LinkedHashSet<>();
        if (base.partitioned()) {
            for (Partition part : existing.values()) {
                String old = Location.of(part.location());
                if (Location.within(old, before)) {
                    directories.add(old);
                    String moved = root + old.substring(before.length());
                    put.put(
                            part.values(),
                            put.getOrDefault(part.values(), part).withLocation(moved));
                }
            }
        } else {
            directories.add(before);
        }
        Set<String> gone = new HashSet<>();
        retired.forEach(move -> gone.add(move.from()));
        reader.list(base, directories)
                .values()
                .forEach(files -> files.forEach((path, file) -> move(path, file, before, gone)));
        directories.forEach(emptied::add);
        emptied.add(before);
        emptied.sort((a, b) -> Integer.compare(b.length(), a.length()));
    }

    private void move(String path, FileStatus file, String before, Set<String> gone) {
        if (!gone.contains(path)) {
            moves.add(
                    new FileMove(
                            path,
                            root + path.substring(before.length()),
                            file.length(),
                            file.modifiedMillis()));
        }
    }

    private void number(List<WrittenFile> files, boolean renamed) {
        int number = 0;
        for (WrittenFile file : files) {
            String staged = Location.of(file.stagedPath());
            FileStatus found =
                    fileSystems
                            .of(staged)
                            .status(staged)
                            .orElseThrow(
                                    () ->
                                            new SkepException(
                                                    ErrorCode.FILE_NOT_FOUND,
                                                    "File not found: " + staged));
            String directory = place(file);
            String own = Location.name(staged);
            String name = renamed ? "%06d_0_%s%s".formatted(number, queryId, ending(own)) : own;
            moves.add(
                    new FileMove(
                            staged,
                            directory + "/" + free(directory, name),
                            found.length(),
                            found.modifiedMillis()));
            number++;
        }
    }

    private static String ending(String name) {
        int dot = name.indexOf('.', 1);
        return dot < 0 ? "" : name.substring(dot);
    }

    // Where a file goes, after its numbers are added to those of its place.
    private String place(WrittenFile file) {
        DataStatistics delta =
                new DataStatistics(
                        Math.max(DataStatistics.UNKNOWN, file.rowCount()), 1, file.byteCount());
        if (!target.partitioned()) {
            statistics = statistics.plus(delta);
            return root;
        }
        List<String> values = normal(file.partitionValues());
        Map<List<String>, Partition> edits = added.containsKey(values) ? added : put;
        Partition part = edits.get(values);
        if (part == null && dropped.remove(values)) {
            part = fresh(values);
        } else if (part == null) {
            part = existing.get(values);
            if (part == null) {
                edits = added;
                part = fresh(values);
            }
        }
        edits.put(values, part.withStatistics(part.statistics().plus(delta), Map.of()));
        return Location.of(part.location());
    }

    // As in Hive, the second a.csv becomes a_copy_1.csv. Names of files that go now are not free
    // yet.
    private String free(String directory, String wanted) {
        String ending = ending(wanted);
        String stem = wanted.substring(0, wanted.length() - ending.length());
        String name = wanted;
        for (int copy = 1; isTaken(directory + "/" + name); copy++) {
            name = "%s_copy_%d%s".formatted(stem, copy, ending);
        }
        taken.add(directory + "/" + name);
        return name;
    }

    private boolean isTaken(String path) {
        return taken.contains(path) || fileSystems.of(path).status(path).isPresent();
    }

    /** Names that earlier writes will take are not free. */
    void reserve(List<FileMove> expected) {
        expected.forEach(move -> taken.add(move.to()));
    }
}
