package org.skep.engine.publish;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Partition;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;

/**
 * Finds the files of one version of a table: what is in its directories now, less what later
 * commits brought, with what they took away, and with what earlier ones have yet to move. Safe for
 * use by many threads.
 */
final class SnapshotReader {
    private static final Logger LOGGER = Logger.getLogger(SnapshotReader.class.getName());

    private final Catalogue catalogue;
    private final FileSystems fileSystems;
    private final Clock clock;
    private final LiveWrites writes;
    private final RollForward rollForward;

    SnapshotReader(
            Catalogue catalogue,
            FileSystems fileSystems,
            Clock clock,
            LiveWrites writes,
            RollForward rollForward) {
        this.catalogue = catalogue;
        this.clock = clock;
        this.fileSystems = fileSystems;
        this.writes = writes;
        this.rollForward = rollForward;
    }

    /** The files of a version, by the path that they have as part of the table. */
    record Listing(Map<String, SortedMap<String, FileStatus>> byDirectory, Set<String> borrowed) {}

    TableSnapshot snapshot(Table table, List<Partition> partitions) {
        Map<List<String>, String> directories = new HashMap<>();
        Optional<String> location = table.storage().location();
        if (!table.partitioned() && location.isPresent()) {
            directories.put(List.of(), Location.of(location.get()));
        }
        partitions.forEach(part -> directories.put(part.values(), Location.of(part.location())));
        ReadView view = ReadView.of(table);
        String root = Location.of(location.orElse("/"));
        settle(table, root);
        LiveWrites.Held held = writes.share(root);
        try {
            Listing listing = list(view, table, root, new HashSet<>(directories.values()));
            Map<List<String>, List<FileStatus>> files = new HashMap<>();
            directories.forEach(
                    (values, directory) ->
                            files.put(
                                    values,
                                    List.copyOf(listing.byDirectory().get(directory).values())));
            TableSnapshot snapshot =
                    new TableSnapshot(view, root, listing.borrowed(), files, this::release);
            writes.open(snapshot);
            return snapshot;
        } finally {
            held.release();
        }
    }

    /** The same without anybody reading the files. */
    Map<String, SortedMap<String, FileStatus>> list(Table table, Set<String> directories) {
        String root = Location.of(table.storage().location().orElse("/"));
        settle(table, root);
        LiveWrites.Held held = writes.share(root);
        try {
            return list(ReadView.of(table), table, root, directories).byDirectory();
        } finally {
            held.release();
        }
    }

    // Brings what the version names into place and waits for answers of the catalogue that decide
    // what belongs to another table in the same directory.
    private void settle(Table table, String root) {
        Set<String> journals = ReadView.of(table).journals();
        for (LiveWrite write : writes.of(root)) {
            boolean named = journals.contains(write.journal().id());
            if (!named && write.parts().stream().anyMatch(p -> p.journal().dropped())) {
                write.awaitSettled();
                confirmDrop(write);
            }
            if (named) {
                write.awaitSettled();
                confirm(table);
                help(write);
            }
        }
    }

    /**
     * Takes note of commits of which the catalogue did not tell whether they happened: a version
     * that names the journal does.
     */
    void confirm(Table table) {
        for (PendingJournal pending : table.pendingJournals()) {
            Optional<LiveWrite> write = writes.find(pending.id());
            if (write.isPresent()) {
                write.get().awaitSettled();
                confirm(write.get(), table);
            }
        }
    }

    private void confirm(LiveWrite write, Table table) {
        synchronized (write) {
            if (write.committed()) {
                return;
            }
            for (LiveWrite.Part part : write.parts()) {
                Optional<Table> named =
                        part.tableId().equals(table.id())
                                ? Optional.of(table)
                                : catalogue.table(
                                        part.journal().database(), part.journal().table());
                named.ifPresent(known -> part.commit(known.id(), known.version()));
            }
            writes.committed(write, clock.nanoTime());
        }
    }

    // Of a table that is gone only the list of journals tells that it was dropped.
    private void confirmDrop(LiveWrite write) {
        synchronized (write) {
            if (write.committed()
                    || !write.journal().namedByCatalogue()
                    || !catalogue.journals().contains(write.reference())) {
                return;
            }
            write.parts().forEach(part -> part.commit(part.tableId(), Long.MAX_VALUE));
            writes.committed(write, clock.nanoTime());
        }
    }

    private void help(LiveWrite write) {
        if (!write.done()) {
            try {
                rollForward.advance(write);
            } catch (SkepException e) {
                // Its files can be read from where they are.
                LOGGER.log(Level.WARNING, "Files are not in place yet: {0}", e.getMessage());
            }
        }
    }

    private void release(TableSnapshot snapshot) {
        writes.close(snapshot);
        for (LiveWrite write : writes.of(snapshot.root())) {
            help(write);
        }
    }

    private Listing list(ReadView view, Table table, String root, Set<String> directories) {
        if (writes.tooOld(view)) {
            throw new SkepException(
                    ErrorCode.CONFLICT,
                    "Table was changed while the statement was prepared: " + table.qualifiedName());
        }
        List<LiveWrite> live = writes.of(root);
        for (PendingJournal pending : table.pendingJournals()) {
            if (writes.damaged(pending.id())) {
                throw new SkepException(
                        ErrorCode.CORRUPT_FILE,
                        "Journal of table %s is damaged: %s"
                                .formatted(table.qualifiedName(), pending.id()));
            }
        }
        Map<String, SortedMap<String, FileStatus>> files = new HashMap<>();
        for (String directory : directories) {
            SortedMap<String, FileStatus> here = new TreeMap<>();
            inDirectory(directory).forEach(file -> here.put(file.path(), file));
            files.put(directory, here);
        }
        for (int i = live.size() - 1; i >= 0; i--) {
            for (LiveWrite.Part part : live.get(i).parts()) {
                if (part.journal().roots().contains(root) && !view.includes(live.get(i), part)) {
                    undo(part, files);
                }
            }
        }
        Set<String> borrowed = new HashSet<>();
        for (LiveWrite write : live) {
            for (LiveWrite.Part part : write.parts()) {
                if (part.journal().roots().contains(root) && view.includes(write, part)) {
                    redo(write, part, files, borrowed);
                }
            }
        }
        return new Listing(files, borrowed);
    }

    private List<FileStatus> inDirectory(String directory) {
        FileSystem fileSystem = fileSystems.of(directory);
        Optional<FileStatus> found = fileSystem.status(directory);
        if (found.isEmpty()) {
            return List.of();
        }
        try {
            return fileSystem.listRecursively(directory);
        } catch (SkepException e) {
            // Empty directories of dropped partitions may go at any time.
            if (e.code() == ErrorCode.FILE_NOT_FOUND) {
                return fileSystem.status(directory).isEmpty()
                        ? List.of()
                        : fileSystem.listRecursively(directory);
            }
            throw e;
        }
    }

    private static void undo(
            LiveWrite.Part part, Map<String, SortedMap<String, FileStatus>> files) {
        List<FileMove> moves = part.journal().moves();
        for (int i = 0; i < moves.size(); i++) {
            put(files, moves.get(i).to(), null);
            boolean relocated = part.journal().roots().size() > 1;
            if (relocated && part.moved(i)) {
                FileMove move = moves.get(i);
                put(files, move.from(), status(move.to(), move));
            }
        }
        List<FileMove> retired = part.journal().retired();
        for (int i = 0; i < retired.size(); i++) {
            if (part.trashed(i)) {
                FileMove move = retired.get(i);
                put(files, move.from(), status(move.to(), move));
            }
        }
    }

    private static void redo(
            LiveWrite write,
            LiveWrite.Part part,
            Map<String, SortedMap<String, FileStatus>> files,
            Set<String> borrowed) {
        List<FileMove> moves = part.journal().moves();
        for (int i = 0; i < moves.size(); i++) {
            if (!part.moved(i)) {
                FileMove move = moves.get(i);
                put(files, move.from(), null);
                if (put(files, move.to(), status(move.from(), move))) {
                    borrowed.add(write.journal().id());
                }
            }
        }
        List<FileMove> retired = part.journal().retired();
        for (int i = 0; i < retired.size(); i++) {
            if (!part.trashed(i)) {
                put(files, retired.get(i).from(), null);
            }
        }
    }

    private static FileStatus status(String path, FileMove move) {
        return new FileStatus(path, false, move.length(), Math.max(0, move.modifiedMillis()));
    }

    // Whether the path is in one of the directories at all.
    private static boolean put(
            Map<String, SortedMap<String, FileStatus>> files, String path, FileStatus file) {
        for (String at = Location.parent(path); !at.isEmpty(); at = Location.parent(at)) {
            SortedMap<String, FileStatus> here = files.get(at);
            if (here != null) {
                if (file == null) {
                    here.remove(path);
                } else {
                    here.put(path, file);
                }
                return true;
            }
        }
        return false;
    }
}
