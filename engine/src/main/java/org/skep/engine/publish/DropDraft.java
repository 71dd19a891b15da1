package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;

/**
 * What dropping a table means for its files. They are named one by one, so that a table that is
 * made in the same directory afterwards loses nothing. Confined to one thread, used once.
 */
final class DropDraft {
    private final Catalogue catalogue;
    private final FileSystems fileSystems;
    private final SnapshotReader reader;
    private final String journalId;
    private final Table table;
    private final List<FileMove> retired = new ArrayList<>();
    private final Set<String> directories = new LinkedHashSet<>();

    DropDraft(
            Catalogue catalogue,
            FileSystems fileSystems,
            SnapshotReader reader,
            String journalId,
            Table table) {
        this.catalogue = catalogue;
        this.fileSystems = fileSystems;
        this.reader = reader;
        this.journalId = journalId;
        this.table = table;
    }

    /** The files to move; none if the table does not own its files. */
    Journal.Part part() {
        Optional<String> location = table.storage().location().map(Location::of);
        if (table.kind() == TableKind.MANAGED && location.isPresent()) {
            collect(location.get());
        }
        List<String> emptied = new ArrayList<>(directories);
        emptied.sort((a, b) -> Integer.compare(b.length(), a.length()));
        return new Journal.Part(
                table.id(),
                table.database(),
                table.name(),
                true,
                location.map(List::of).orElse(List.of()),
                List.of(),
                retired,
                emptied);
    }

    /** The directory of a database, which goes if no other files are in it. */
    static Optional<Journal.Part> part(Database database) {
        return database.location()
                .map(Location::of)
                .map(
                        location ->
                                new Journal.Part(
                                        "",
                                        database.name(),
                                        "",
                                        true,
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(location)));
    }

    private void collect(String root) {
        Set<String> places = new LinkedHashSet<>();
        places.add(root);
        if (table.partitioned() && table.partitionCount() > 0) {
            for (Partition partition : catalogue.partitions(table)) {
                String place = Location.of(partition.location());
                directories.add(place);
                if (!Location.within(place, root)) {
                    places.add(place);
                }
            }
        }
        Map<String, SortedMap<String, FileStatus>> files = reader.list(table, places);
        for (String place : places) {
            directories.add(place);
            SortedMap<String, FileStatus> here = files.get(place);
            addHidden(place, here);
            for (Map.Entry<String, FileStatus> entry : here.entrySet()) {
                FileStatus file = entry.getValue();
                retired.add(
                        new FileMove(
                                entry.getKey(),
                                "%s/%s/%s/%d-%s"
                                        .formatted(
                                                place,
                                                Location.TRASH,
                                                journalId,
                                                retired.size(),
                                                Location.name(entry.getKey())),
                                file.length(),
                                file.modifiedMillis()));
            }
        }
    }

    // Files that are not data go too, but not those that other statements are writing.
    private void addHidden(String directory, SortedMap<String, FileStatus> files) {
        FileSystem fileSystem = fileSystems.of(directory);
        if (fileSystem.status(directory).isEmpty()) {
            return;
        }
        for (FileStatus entry : fileSystem.list(directory)) {
            String name = entry.name();
            if (name.equals(Location.STAGING) || name.equals(Location.TRASH)) {
                continue;
            }
            if (entry.directory()) {
                directories.add(entry.path());
                addHidden(entry.path(), files);
            } else if (entry.hidden() || inHidden(entry.path(), directory)) {
                files.putIfAbsent(entry.path(), entry);
            }
        }
    }

    private boolean inHidden(String path, String directory) {
        String root = table.storage().location().map(Location::of).orElse(directory);
        String below = Location.within(path, root) ? path.substring(root.length()) : path;
        return below.contains("/_") || below.contains("/.");
    }
}
