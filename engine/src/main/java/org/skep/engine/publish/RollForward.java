package org.skep.engine.publish;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;

/**
 * Brings files to where a committed journal says. Every step can be done again: after a failure, by
 * another thread, by another process. Safe for use by many threads.
 */
final class RollForward {
    private static final Logger LOGGER = Logger.getLogger(RollForward.class.getName());

    private final FileSystems fileSystems;
    private final Durability durability;
    private final LiveWrites writes;

    RollForward(FileSystems fileSystems, Durability durability, LiveWrites writes) {
        this.fileSystems = fileSystems;
        this.durability = durability;
        this.writes = writes;
    }

    /**
     * Does what can be done now: what readers still need stays for later. Earlier writes to the
     * same directories come first.
     *
     * @throws SkepException if files cannot be moved; nothing is lost
     */
    void advance(LiveWrite write) {
        if (write.done() || !write.committed()) {
            return;
        }
        for (LiveWrite.Part part : write.parts()) {
            for (String root : part.journal().roots()) {
                for (LiveWrite earlier : writes.of(root)) {
                    if (earlier == write) {
                        break;
                    }
                    if (!earlier.movesDone()) {
                        advanceAlone(earlier);
                    }
                }
            }
        }
        advanceAlone(write);
    }

    private void advanceAlone(LiveWrite write) {
        if (!write.committed()) {
            return;
        }
        write.finishing().lock();
        try {
            for (LiveWrite.Part part : write.parts()) {
                if (!part.done()) {
                    advance(write, part);
                }
            }
        } finally {
            write.finishing().unlock();
        }
    }

    private void advance(LiveWrite write, LiveWrite.Part part) {
        Journal.Part journal = part.journal();
        Set<String> changed = new LinkedHashSet<>();
        boolean finished = false;
        LiveWrites.Held held = writes.exclude(journal.roots());
        try {
            if (!part.movesDone() && mayMove(write, part)) {
                makeDirectories(journal);
                for (int i = 0; i < journal.moves().size(); i++) {
                    if (!part.moved(i)) {
                        Crash.point("publish.before-move");
                        move(journal, journal.moves().get(i));
                        part.setMoved(i);
                    }
                }
                Crash.point("publish.after-moves");
            }
            boolean retires = !journal.retired().isEmpty() || !journal.emptied().isEmpty();
            if (allMoved(part) && !(retires && writes.olderReaders(write, part))) {
                retire(part, changed);
                finished = true;
            }
        } finally {
            held.release();
        }
        if (allMoved(part)) {
            durability.syncExisting(directories(journal, changed));
            Crash.point("publish.after-sync");
            part.setMovesDone();
            if (finished) {
                // Only now, since with a directory old names could go whose new ones are not
                // durable.
                removeEmpty(journal);
                part.setDone();
            }
        }
    }

    private static boolean allMoved(LiveWrite.Part part) {
        for (int i = 0; i < part.journal().moves().size(); i++) {
            if (!part.moved(i)) {
                return false;
            }
        }
        return true;
    }

    // A file that an earlier write has yet to bring could not be retired by this one.
    private boolean mayMove(LiveWrite write, LiveWrite.Part part) {
        for (String root : part.journal().roots()) {
            for (LiveWrite earlier : writes.of(root)) {
                if (earlier == write) {
                    break;
                }
                if (earlier.committed() && !earlier.movesDone()) {
                    return false;
                }
            }
        }
        return !writes.movesAwaited(write, part);
    }

    // They are durable before files come, or a file's new name could be lost when its old one is
    // gone.
    private void makeDirectories(Journal.Part journal) {
        Set<String> targets = new LinkedHashSet<>();
        journal.moves().forEach(move -> targets.add(move.target()));
        make(journal, targets);
        Crash.point("publish.directories-made");
    }

    private void make(Journal.Part journal, Set<String> targets) {
        Set<String> changed = new LinkedHashSet<>();
        targets.forEach(target -> durability.make(target, root(journal, target), changed));
        Set<String> ours = new LinkedHashSet<>(changed);
        ours.removeIf(d -> journal.roots().stream().noneMatch(root -> Location.within(d, root)));
        changed.removeAll(ours);
        durability.syncReachable(changed);
        durability.syncExisting(ours);
        targets.forEach(target -> durability.settle(target, root(journal, target)));
    }

    // The table's directory that another is in; partitions can have places of their own.
    private static String root(Journal.Part journal, String directory) {
        return journal.roots().stream()
                .filter(root -> Location.within(directory, root))
                .findFirst()
                .orElse(directory);
    }

    private void move(Journal.Part journal, FileMove move) {
        FileSystem fileSystem = fileSystems.of(move.to());
        try {
            fileSystem.rename(move.from(), move.to());
        } catch (SkepException e) {
            if (fileSystem.status(move.from()).isEmpty()) {
                if (fileSystem.status(move.to()).isEmpty()) {
                    LOGGER.log(Level.WARNING, "File went away: {0}", move.from());
                }
                return;
            }
            // An earlier attempt may have ended when the file had both names.
            if (fileSystem.status(move.to()).isPresent()) {
                fileSystem.delete(move.to());
            } else if (e.code() == ErrorCode.FILE_NOT_FOUND) {
                make(journal, Set.of(move.target())); // another tool tidied up
            }
            fileSystem.rename(move.from(), move.to());
        }
    }

    /** Makes the directories into which files will be retired. */
    void makeTrash(Journal journal) {
        for (Journal.Part part : journal.parts()) {
            Set<String> targets = new LinkedHashSet<>();
            part.retired().forEach(move -> targets.add(move.target()));
            if (targets.isEmpty()) {
                continue;
            }
            LiveWrites.Held held = writes.exclude(part.roots());
            try {
                targets.forEach(target -> fileSystems.of(target).createDirectories(target));
            } finally {
                held.release();
            }
        }
    }

    private void retire(LiveWrite.Part part, Set<String> changed) {
        Journal.Part journal = part.journal();
        Set<String> made = new LinkedHashSet<>();
        for (int i = 0; i < journal.retired().size(); i++) {
            if (part.trashed(i)) {
                continue;
            }
            FileMove move = journal.retired().get(i);
            if (made.add(move.target())) {
                fileSystems.of(move.to()).createDirectories(move.target());
            }
            Crash.point("publish.before-retire");
            retire(move);
            part.setTrashed(i);
            changed.add(move.source());
        }
        Crash.point("publish.after-retire");
    }

    private void retire(FileMove move) {
        FileSystem fileSystem = fileSystems.of(move.from());
        Optional<FileStatus> found = fileSystem.status(move.from());
        if (found.isEmpty() || !same(found.get(), move)) {
            return; // it is in the trash, or somebody put another one there
        }
        if (fileSystem.status(move.to()).isPresent()) {
            fileSystem.delete(move.to());
        }
        fileSystem.rename(move.from(), move.to());
    }

    private static boolean same(FileStatus found, FileMove move) {
        return found.length() == move.length()
                && (move.modifiedMillis() < 0 || found.modifiedMillis() == move.modifiedMillis());
    }

    /** Deletes directories that were to go, if nothing is in them, durably. */
    void removeEmpty(Journal.Part journal) {
        if (journal.emptied().isEmpty()) {
            return;
        }
        Set<String> changed = new LinkedHashSet<>();
        LiveWrites.Held held = writes.exclude(journal.roots());
        try {
            for (String directory : journal.emptied()) {
                if (removeIfEmpty(directory)) {
                    changed.remove(directory);
                    changed.add(Location.parent(directory));
                }
            }
        } finally {
            held.release();
        }
        durability.syncExisting(changed);
    }

    /**
     * Deletes a table's staging or trash directory if nothing is in it, while nobody else makes
     * something there; whether it did.
     */
    boolean tidy(String root, String directory) {
        LiveWrites.Held held = writes.exclude(List.of(root));
        try {
            return removeIfEmpty(directory);
        } finally {
            held.release();
        }
    }

    // Whether it did.
    private boolean removeIfEmpty(String directory) {
        FileSystem fileSystem = fileSystems.of(directory);
        Optional<FileStatus> found = fileSystem.status(directory);
        try {
            if (found.isPresent()
                    && found.get().directory()
                    && fileSystem.list(directory).isEmpty()) {
                fileSystem.delete(directory);
                durability.forget(directory);
                return true;
            }
        } catch (SkepException e) {
            // Somebody puts a file there just now, or we may not: then it stays.
            LOGGER.log(Level.FINE, "Directory stays: {0}", e.getMessage());
        }
        return false;
    }

    private static Set<String> directories(Journal.Part journal, Set<String> changed) {
        Set<String> directories = new LinkedHashSet<>(changed);
        journal.moves().forEach(move -> directories.add(move.target()));
        if (journal.roots().size() > 1) {
            journal.moves().forEach(move -> directories.add(move.source()));
        }
        return directories;
    }
}
