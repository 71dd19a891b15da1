package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;

/**
 * What happens at opening: journals that the catalogue names are finished, others are undone, and
 * what was never published is deleted. Looks at journals only, not at all tables. Confined to one
 * thread, used once.
 */
final class Recovery {
    private static final Logger LOGGER = Logger.getLogger(Recovery.class.getName());

    private final Catalogue catalogue;
    private final Clock clock;
    private final JournalStore journals;
    private final StagingPlaces places;
    private final LiveWrites writes;
    private final RollForward rollForward;
    private final CleanUp cleanUp;

    Recovery(
            Catalogue catalogue,
            Clock clock,
            JournalStore journals,
            StagingPlaces places,
            LiveWrites writes,
            RollForward rollForward,
            CleanUp cleanUp) {
        this.catalogue = catalogue;
        this.clock = clock;
        this.journals = journals;
        this.places = places;
        this.writes = writes;
        this.rollForward = rollForward;
        this.cleanUp = cleanUp;
    }

    void run() {
        List<FileStatus> files = journals.list();
        Set<String> named = new HashSet<>();
        List<PendingJournal> references = catalogue.journals();
        references.forEach(reference -> named.add(reference.id()));
        for (String id : journals.ids(files)) {
            recover(id, named);
        }
        places.sweep(files);
        cleanUp.run(true);
        if (!writes.all().isEmpty()) {
            cleanUp.schedule();
        }
        Crash.point("recover.done");
    }

    private void recover(String id, Set<String> named) {
        Journal journal;
        try {
            journal = journals.read(id);
        } catch (SkepException e) {
            if (e.code() != ErrorCode.CORRUPT_FILE) {
                throw e;
            }
            damaged(id, named, e);
            return;
        }
        List<Table> tables = naming(journal);
        if (tables.isEmpty() && !named.contains(id)) {
            cleanUp.discard(journal);
            return;
        }
        LiveWrite write = new LiveWrite(journal, journals.checksum(id));
        for (LiveWrite.Part part : write.parts()) {
            part.commit(part.tableId(), part.journal().dropped() ? Long.MAX_VALUE : 1);
            for (Table table : tables) {
                boolean same =
                        part.tableId().isEmpty()
                                ? table.name().equals(part.journal().table())
                                        && table.database().equals(part.journal().database())
                                : table.id().equals(part.tableId());
                if (same) {
                    part.commit(table.id(), table.version());
                }
            }
        }
        writes.add(write);
        writes.committed(write, clock.nanoTime());
        try {
            rollForward.advance(write);
        } catch (SkepException e) {
            LOGGER.log(Level.WARNING, "Files are not in place yet: {0}", e.getMessage());
        }
    }

    // A journal that was not synced was not committed; one that was committed must not be ignored.
    private void damaged(String id, Set<String> named, SkepException failure) {
        boolean committed =
                named.contains(id) || everyTable().stream().anyMatch(table -> names(table, id));
        if (committed) {
            LOGGER.log(Level.SEVERE, "{0}", failure.getMessage());
            writes.damage(id);
        } else {
            journals.delete(id);
        }
    }

    private static boolean names(Table table, String journalId) {
        return table.pendingJournals().stream().anyMatch(j -> j.id().equals(journalId));
    }

    // The tables that name a journal. Only if one is not found where it was are all looked at.
    private List<Table> naming(Journal journal) {
        List<Table> tables = new ArrayList<>();
        boolean missing = false;
        for (Journal.Part part : journal.parts()) {
            if (part.dropped()) {
                continue;
            }
            Optional<Table> found = catalogue.table(part.database(), part.table());
            found.filter(table -> names(table, journal.id())).ifPresent(tables::add);
            missing |=
                    found.isEmpty()
                            || !(part.tableId().isEmpty()
                                    || found.get().id().equals(part.tableId()));
        }
        if (tables.isEmpty() && missing) {
            for (Table table : everyTable()) {
                if (names(table, journal.id())) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }

    private List<Table> everyTable() {
        List<Table> tables = new ArrayList<>();
        for (String database : catalogue.databaseNames()) {
            tables.addAll(catalogue.tables(database, name -> true));
        }
        return tables;
    }
}
