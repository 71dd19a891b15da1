package org.skep.engine.publish;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystems;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Table;

/**
 * Ends writes that are done: takes their journals out of the catalogue and deletes trash, staging
 * and journal once nobody can ask for the state before them. Safe for use by many threads: guarded
 * by itself.
 */
final class CleanUp implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(CleanUp.class.getName());

    private final Catalogue catalogue;
    private final FileSystems fileSystems;
    private final Clock clock;
    private final Durability durability;
    private final JournalStore journals;
    private final LiveWrites writes;
    private final RollForward rollForward;
    private final boolean background;
    private ScheduledExecutorService timer;
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    private boolean closed;

    CleanUp(
            Catalogue catalogue,
            FileSystems fileSystems,
            Clock clock,
            Durability durability,
            JournalStore journals,
            LiveWrites writes,
            RollForward rollForward,
            boolean background) {
        this.catalogue = catalogue;
        this.fileSystems = fileSystems;
        this.clock = clock;
        this.durability = durability;
        this.journals = journals;
        this.writes = writes;
        this.rollForward = rollForward;
        this.background = background;
    }

    /** Has it done on another thread once readers had their time. */
    synchronized void schedule() {
        if (!background || next.isPresent() || closed) {
            return;
        }
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(NamedThreads.called("publish-tidy"));
        }
        next =
                Optional.of(
                        timer.schedule(
                                this::runLater,
                                Publisher.PATIENCE.toMillis(),
                                TimeUnit.MILLISECONDS));
    }

    private void runLater() {
        synchronized (this) {
            next = Optional.empty();
            if (closed) {
                return;
            }
        }
        run(false);
        if (!writes.all().isEmpty()) {
            schedule();
        }
    }

    /**
     * Ends what can be ended.
     *
     * @param closing whether no reader is left
     */
    synchronized void run(boolean closing) {
        for (LiveWrite write : writes.all()) {
            try {
                end(write, closing);
            } catch (SkepException e) {
                LOGGER.log(Level.WARNING, "Cleaning up is put off: {0}", e.getMessage());
            }
        }
    }

    private void end(LiveWrite write, boolean closing) {
        if (!write.committed()) {
            return;
        }
        rollForward.advance(write);
        if (!write.done() || !(closing || mayEnd(write))) {
            return;
        }
        writes.outdate(write);
        Set<String> changed = new LinkedHashSet<>();
        for (LiveWrite.Part part : write.parts()) {
            deleteTrash(part.journal(), changed);
            rollForward.removeEmpty(part.journal());
        }
        // Only then, since who finds a journal that nobody names does not know that it was
        // committed, and would leave the directories of a table that was dropped.
        Crash.point("publish.before-clear");
        if (!clear(write)) {
            return;
        }
        Crash.point("publish.after-clear");
        writes.remove(write);
        finish(write.journal(), changed);
        Crash.point("publish.journal-deleted");
    }

    private boolean mayEnd(LiveWrite write) {
        boolean waited = clock.nanoTime() - write.committedNanos() >= Publisher.PATIENCE.toNanos();
        return waited
                && !writes.olderMarks(write)
                && write.parts().stream().noneMatch(part -> writes.olderReaders(write, part));
    }

    private boolean clear(LiveWrite write) {
        if (write.journal().namedByCatalogue()) {
            catalogue.clearJournal(write.reference());
            write.parts().forEach(LiveWrite.Part::setCleared);
        }
        for (LiveWrite.Part part : write.parts()) {
            if (!part.cleared() && !clear(write, part)) {
                return false;
            }
        }
        return true;
    }

    private boolean clear(LiveWrite write, LiveWrite.Part part) {
        Journal.Part journal = part.journal();
        Optional<Table> found = catalogue.table(journal.database(), journal.table());
        if (found.isPresent() && found.get().pendingJournals().contains(write.reference())) {
            Table.Builder changed = found.get().toBuilder();
            for (LiveWrite other : writes.all()) {
                if (other.done()) {
                    changed.removePendingJournal(other.journal().id());
                }
            }
            try {
                catalogue.alterTable(found.get(), changed.build());
            } catch (SkepException e) {
                if (e.code() == ErrorCode.CONFLICT) {
                    return false;
                }
                throw e;
            }
        }
        // A table that is gone names nothing; one that was renamed names what nobody looks for.
        part.setCleared();
        return true;
    }

    private void deleteTrash(Journal.Part part, Set<String> changed) {
        Set<String> trash = new LinkedHashSet<>();
        part.retired().forEach(move -> trash.add(move.target()));
        trash.forEach(directory -> deleteTree(directory, changed));
        if (part.dropped()) {
            for (String root : part.roots()) {
                if (rollForward.tidy(root, root + "/" + Location.STAGING)) {
                    changed.add(root);
                }
            }
        }
    }

    // Also the directory in which it is, if nothing else is in there.
    private void deleteTree(String directory, Set<String> changed) {
        fileSystems.of(directory).deleteTree(directory);
        String parent = Location.parent(directory);
        String root = Location.parent(parent);
        changed.add(rollForward.tidy(root, parent) ? root : parent);
    }

    /** Deletes a journal that was not committed; its files may be published by another. */
    void withdraw(Journal journal) {
        Set<String> changed = new LinkedHashSet<>();
        journal.parts().forEach(part -> deleteTrash(part, changed));
        durability.syncReachable(changed);
        journals.delete(journal.id());
    }

    /** Deletes what a journal would have needed that was not committed. */
    void discard(Journal journal) {
        Set<String> changed = new LinkedHashSet<>();
        journal.parts().forEach(part -> deleteTrash(part, changed));
        finish(journal, changed);
        Crash.point("recover.discarded");
    }

    // Without the journal nobody would find the rest, so that must be gone for good before.
    private void finish(Journal journal, Set<String> changed) {
        journal.stagings().forEach(directory -> deleteTree(directory, changed));
        Crash.point("publish.trash-deleted");
        durability.syncReachable(changed);
        journals.delete(journal.id());
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            next.ifPresent(run -> run.cancel(false));
            if (timer != null) {
                timer.shutdown();
            }
        }
        run(true);
    }
}
