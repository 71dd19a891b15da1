package org.skep.engine.publish;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystems;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;

/**
 * Publishes what statements write. Safe for use by many threads.
 *
 * <p>A statement's files are synced, a journal that says where they go is written and synced, and
 * one commit in the catalogue that names the journal makes all of it so; only then are files moved.
 * What a crash interrupts before the commit never happened; what it interrupts after it is finished
 * by {@link #recover}. Readers see the files of the version of the table that they have, wherever
 * these are.
 */
public final class Publisher implements AutoCloseable {
    /** How long a reader may take from reading a table's definition to listing its files. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Logger LOGGER = Logger.getLogger(Publisher.class.getName());
    private static final int ATTEMPTS = 20;
    private static final int SYNC_THREADS = 8;
    private static final long TOKENS = 36L * 36 * 36 * 36 * 36 * 36 * 36 * 36;

    private final Catalogue catalogue;
    private final FileSystems fileSystems;
    private final Clock clock;
    private final Durability durability;
    private final JournalStore journals;
    private final StagingPlaces places;
    private final LiveWrites writes = new LiveWrites();
    private final RollForward rollForward;
    private final SnapshotReader reader;
    private final CleanUp cleanUp;
    // With the directories that must be synced before they survive.
    private final Map<String, Set<String>> stagings = new ConcurrentHashMap<>();
    private final ExecutorService syncThreads;

    /**
     * A publisher of one warehouse.
     *
     * @param journals the directory of the journals of writes that are being put in place
     */
    public Publisher(Catalogue catalogue, FileSystems fileSystems, Clock clock, Path journals) {
        this(
                catalogue,
                fileSystems,
                clock,
                journals,
                NamedThreads.pool("publish-sync", SYNC_THREADS));
    }

    private Publisher(
            Catalogue catalogue,
            FileSystems fileSystems,
            Clock clock,
            Path journals,
            ExecutorService syncThreads) {
        this(catalogue, fileSystems, clock, journals, syncThreads, syncThreads, true);
    }

    /** A publisher that syncs on the calling thread and cleans up when told, for tests. */
    static Publisher withoutThreads(
            Catalogue catalogue, FileSystems fileSystems, Clock clock, Path journals) {
        ExecutorService unused = NamedThreads.pool("publish-sync", 1);
        return new Publisher(catalogue, fileSystems, clock, journals, unused, Runnable::run, false);
    }

    private Publisher(
            Catalogue catalogue,
            FileSystems fileSystems,
            Clock clock,
            Path journals,
            ExecutorService syncThreads,
            Executor executor,
            boolean background) {
        this.catalogue = catalogue;
        this.fileSystems = fileSystems;
        this.clock = clock;
        this.syncThreads = syncThreads;
        String token = Long.toString(Math.floorMod(new SecureRandom().nextLong(), TOKENS), 36);
        String directory = Location.of(journals.toAbsolutePath().toString());
        durability = new Durability(fileSystems, executor, Location.parent(directory));
        this.journals = new JournalStore(fileSystems, durability, directory, token);
        places = new StagingPlaces(fileSystems, durability, directory, token);
        rollForward = new RollForward(fileSystems, durability, writes);
        reader = new SnapshotReader(catalogue, fileSystems, clock, writes, rollForward);
        cleanUp =
                new CleanUp(
                        catalogue,
                        fileSystems,
                        clock,
                        durability,
                        this.journals,
                        writes,
                        rollForward,
                        background);
    }

    /** Makes the directory {@code <table>/_skep_staging/<query>} for files of a statement. */
    public Staging begin(String queryId, String tableLocation) {
        String root = Location.of(tableLocation);
        places.remember(root);
        Crash.point("publish.begin");
        String directory = places.staging(root, queryId);
        Set<String> unsynced = new LinkedHashSet<>();
        stagings.put(directory, unsynced);
        LiveWrites.Held held = writes.share(root);
        try {
            durability.make(directory, root, unsynced);
        } finally {
            held.release();
        }
        return new Staging(
                fileSystems.of(root), rollForward, directory, this::isNeeded, stagings::remove);
    }

    private boolean isNeeded(String staging) {
        return writes.all().stream()
                .anyMatch(
                        write ->
                                !write.movesDone() && write.journal().stagings().contains(staging));
    }

    /**
     * Makes all changes, durably, all or nothing.
     *
     * @return the new version of each table, in the order of the changes
     * @throws SkepException CONFLICT if a definition that was to be changed is no longer what it
     *     was; TABLE_EXISTS, PARTITION_EXISTS, PARTITION_NOT_FOUND, TABLE_NOT_FOUND;
     *     CATALOGUE_UNAVAILABLE if it is not known whether the change was made
     */
    public List<Table> publish(Publication publication) {
        return publish(publication, warning -> LOGGER.log(Level.WARNING, warning));
    }

    /**
     * As {@link #publish(Publication)}.
     *
     * @param warnings told if the change is made but files are not yet where they belong; readers
     *     of this process do not notice
     */
    public List<Table> publish(Publication publication, Consumer<String> warnings) {
        Set<String> staged = new LinkedHashSet<>();
        for (TableChange change : publication.changes()) {
            change.added().forEach(file -> staged.add(Location.of(file.stagedPath())));
            change.loaded().forEach(file -> staged.add(Location.of(file.stagedPath())));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(publication, staged, warnings);
            } catch (Overtaken e) {
                if (attempt == ATTEMPTS) {
                    throw e.conflict;
                }
            }
        }
    }

    /** Another commit came first; what was worked out must be worked out anew. */
    private static final class Overtaken extends Exception {
        private static final long serialVersionUID = 1;
        private final transient SkepException conflict;

        Overtaken(SkepException conflict) {
            super(conflict);
            this.conflict = conflict;
        }
    }

    private List<Table> attempt(
            Publication publication, Set<String> staged, Consumer<String> warnings)
            throws Overtaken {
        Set<String> roots = new LinkedHashSet<>();
        for (TableChange change : publication.changes()) {
            change.base().storage().location().ifPresent(at -> roots.add(Location.of(at)));
            change.target().storage().location().ifPresent(at -> roots.add(Location.of(at)));
        }
        LiveWrites.Held turn = writes.takeTurn(roots);
        try {
            String id = journals.newId();
            List<Draft> drafts = new ArrayList<>();
            List<Journal.Part> parts = new ArrayList<>();
            for (TableChange change : publication.changes()) {
                Draft draft = draft(publication.queryId(), change, id);
                drafts.add(draft);
                parts.add(draft.part());
            }
            Journal journal =
                    new Journal(
                            id,
                            publication.queryId(),
                            clock.now(),
                            parts,
                            List.copyOf(stagings(staged)));
            if (parts.stream().noneMatch(Journal.Part::touchesFiles)) {
                return commit(change(drafts, Optional.empty()));
            }
            return commit(journal, staged, write -> change(drafts, Optional.of(write)), warnings);
        } finally {
            turn.release();
        }
    }

    private Draft draft(String queryId, TableChange change, String journalId) {
        Table base = change.base();
        Table target = change.target();
        if (!base.id().isEmpty()) {
            Table now = catalogue.requireTable(base.database(), base.name());
            if (!now.id().equals(base.id())) {
                throw new SkepException(
                        ErrorCode.TABLE_NOT_FOUND, "Table not found: " + base.qualifiedName());
            }
            if (change.exact() && !now.equals(base)) {
                throw changed(base);
            }
            target = target.equals(base) ? now : rebased(base, target, now);
            base = now;
        }
        Draft draft =
                new Draft(
                        catalogue,
                        fileSystems,
                        reader,
                        clock,
                        journalId,
                        queryId,
                        change,
                        base,
                        target);
        reader.confirm(base);
        for (LiveWrite write : writes.all()) {
            if (!write.movesDone()) {
                write.parts().forEach(part -> draft.reserve(part.journal().moves()));
            }
        }
        return draft.make();
    }

    // A definition can be changed while data come and go, but not while somebody else changes it.
    private static Table rebased(Table base, Table target, Table now) {
        if (now.equals(base)) {
            return target;
        }
        Table expected = withDataOf(base, now);
        if (!expected.equals(now)) {
            throw changed(base);
        }
        return withDataOf(target, now);
    }

    private static SkepException changed(Table table) {
        return new SkepException(
                ErrorCode.CONFLICT,
                "Table was changed by another session: " + table.qualifiedName());
    }

    private static Table withDataOf(Table definition, Table data) {
        return definition.toBuilder()
                .identity(data.id(), data.version(), data.state())
                .statistics(data.statistics())
                .pendingJournals(data.pendingJournals())
                .build();
    }

    private static Set<String> stagings(Set<String> staged) {
        Set<String> stagings = new LinkedHashSet<>();
        for (String file : staged) {
            int at = file.indexOf("/" + Location.STAGING + "/");
            if (at >= 0) {
                int end = file.indexOf('/', at + Location.STAGING.length() + 2);
                stagings.add(end < 0 ? file : file.substring(0, end));
            }
        }
        return stagings;
    }

    private CatalogueChange change(List<Draft> drafts, Optional<PendingJournal> journal) {
        Set<String> finished = new HashSet<>();
        writes.all().stream()
                .filter(LiveWrite::done)
                .forEach(write -> finished.add(write.journal().id()));
        CatalogueChange.Builder change = CatalogueChange.builder();
        drafts.forEach(draft -> change.step(draft.step(journal, finished)));
        return change.build();
    }

    private List<Table> commit(CatalogueChange change) throws Overtaken {
        try {
            List<Table> after = catalogue.commit(change);
            markCleared(after);
            return after;
        } catch (SkepException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                throw new Overtaken(e);
            }
            throw e;
        }
    }

    private void markCleared(List<Table> after) {
        for (LiveWrite write : writes.all()) {
            for (LiveWrite.Part part : write.parts()) {
                for (Table table : after) {
                    if (part.done()
                            && part.tableId().equals(table.id())
                            && !table.pendingJournals().contains(write.reference())) {
                        part.setCleared();
                    }
                }
            }
        }
    }

    private List<Table> commit(
            Journal journal,
            Set<String> staged,
            Function<PendingJournal, CatalogueChange> change,
            Consumer<String> warnings)
            throws Overtaken {
        Crash.point("publish.before-sync");
        long checksum = writeJournal(journal, staged);
        Crash.point("publish.journal-synced");
        makeTrash(journal);
        LiveWrite write = new LiveWrite(journal, checksum);
        writes.add(write);
        List<Table> after;
        try {
            after = catalogue.commit(change.apply(write.reference()));
            settle(write, after);
        } catch (SkepException e) {
            if (e.code() != ErrorCode.CATALOGUE_UNAVAILABLE) {
                writes.remove(write);
                discard(journal);
            }
            if (e.code() == ErrorCode.CONFLICT) {
                throw new Overtaken(e);
            }
            throw e;
        } finally {
            write.giveUp();
        }
        Crash.point("publish.after-commit");
        markCleared(after);
        try {
            rollForward.advance(write);
        } catch (SkepException e) {
            warnings.accept(
                    "Change is committed, its files are put in place later: " + e.getMessage());
        }
        cleanUp.schedule();
        return after;
    }

    private long writeJournal(Journal journal, Set<String> staged) {
        Set<String> directories = new LinkedHashSet<>();
        for (String file : staged) {
            String at = Location.parent(file);
            directories.add(at);
            while (journal.stagings().stream().anyMatch(s -> Location.within(file, s))
                    && !journal.stagings().contains(at)) {
                at = Location.parent(at);
                directories.add(at);
            }
            directories.add(Location.parent(at));
        }
        Set<String> above = new LinkedHashSet<>();
        for (String staging : journal.stagings()) {
            String root = Location.parent(Location.parent(staging));
            for (String directory : stagings.getOrDefault(staging, Set.of())) {
                (Location.within(directory, root) ? directories : above).add(directory);
            }
        }
        try {
            durability.syncReachable(above);
            return journals.write(journal, staged, directories);
        } catch (SkepException e) {
            discard(journal);
            throw e;
        }
    }

    // Before the commit, since who may not do this may not take files out of the table either.
    private void makeTrash(Journal journal) {
        try {
            rollForward.makeTrash(journal);
        } catch (SkepException e) {
            discard(journal);
            throw e;
        }
        Crash.point("publish.trash-made");
    }

    private void discard(Journal journal) {
        try {
            cleanUp.withdraw(journal);
        } catch (SkepException e) {
            // The catalogue does not name it, so the next opening deletes it.
            LOGGER.log(Level.WARNING, "Journal stays: {0}", e.getMessage());
        }
    }

    private void settle(LiveWrite write, List<Table> after) {
        int next = 0;
        for (LiveWrite.Part part : write.parts()) {
            if (part.journal().dropped()) {
                part.commit(part.tableId(), Long.MAX_VALUE);
            } else {
                Table table = after.get(next++);
                part.commit(table.id(), table.version());
            }
        }
        writes.committed(write, clock.nanoTime());
    }

    /**
     * Drops tables and views, and a database if one is given, in one commit; files of managed
     * tables go.
     *
     * @throws SkepException TABLE_NOT_FOUND, DATABASE_NOT_EMPTY, CONFLICT, CATALOGUE_UNAVAILABLE if
     *     it is not known whether they were dropped
     */
    public void drop(String queryId, List<Table> tables, Optional<Database> database) {
        for (int attempt = 1; ; attempt++) {
            try {
                dropOnce(queryId, tables, database);
                return;
            } catch (Overtaken e) {
                if (attempt == ATTEMPTS || database.isPresent()) {
                    throw e.conflict;
                }
            }
        }
    }

    private void dropOnce(String queryId, List<Table> tables, Optional<Database> database)
            throws Overtaken {
        Set<String> roots = new LinkedHashSet<>();
        tables.forEach(t -> t.storage().location().ifPresent(at -> roots.add(Location.of(at))));
        LiveWrites.Held turn = writes.takeTurn(roots);
        try {
            String id = journals.newId();
            CatalogueChange.Builder change = CatalogueChange.builder();
            List<Journal.Part> parts = new ArrayList<>();
            for (Table table : tables) {
                Table now = catalogue.requireTable(table.database(), table.name());
                if (!now.id().equals(table.id())) {
                    throw new SkepException(
                            ErrorCode.TABLE_NOT_FOUND, "Table not found: " + table.qualifiedName());
                }
                reader.confirm(now);
                change.drop(now);
                parts.add(new DropDraft(catalogue, fileSystems, reader, id, now).part());
            }
            database.ifPresent(change::drop);
            database.flatMap(DropDraft::part).ifPresent(parts::add);
            if (parts.stream().noneMatch(Journal.Part::touchesFiles)) {
                commit(change.build());
                return;
            }
            Journal journal = new Journal(id, queryId, clock.now(), parts, List.of());
            commit(
                    journal,
                    Set.of(),
                    reference -> change.journal(reference).build(),
                    warning -> LOGGER.log(Level.WARNING, warning));
        } finally {
            turn.release();
        }
    }

    /**
     * The files of a table, or of some of its partitions, as of the table's version.
     *
     * @param partitions of that version; ignored for a table without partitions
     * @throws SkepException CONFLICT if the version is so old that its files are gone; the caller
     *     reads the table again. Cannot be between {@link #mark} and the mark's end
     */
    public TableSnapshot snapshot(Table table, List<Partition> partitions) {
        return reader.snapshot(table, table.partitioned() ? partitions : List.of());
    }

    /** Keeps the files of all versions that are read from the catalogue from now on. */
    public ReadMark mark() {
        return writes.mark();
    }

    /** Finishes what an earlier process left unfinished and deletes what it did not commit. */
    public void recover() {
        new Recovery(catalogue, clock, journals, places, writes, rollForward, cleanUp).run();
    }

    /** Deletes what is no longer needed. No statement may be under way. */
    @Override
    public void close() {
        try {
            cleanUp.close();
            if (stagings.isEmpty()) {
                places.clear();
            }
        } catch (SkepException e) {
            // The next opening does it.
            LOGGER.log(Level.WARNING, "Not all was cleaned up: {0}", e.getMessage());
        } finally {
            syncThreads.shutdown();
        }
    }

    /** Cleans up what can be now, for tests. */
    void sweep() {
        cleanUp.run(false);
    }
}
