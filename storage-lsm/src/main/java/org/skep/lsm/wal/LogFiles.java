package org.skep.lsm.wal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;

/**
 * The files of a log, and which regions need them still. Files are deleted oldest first, when no
 * region has writes in them that are not flushed. Safe for use by many threads: guarded by the
 * log's lock.
 */
final class LogFiles {
    private final FileSystem files;
    private final String directory;
    private final ReentrantLock lock;
    private final Map<String, WalRegion> regions;

    // Oldest first; the last one is written to, if any is.
    private final Deque<WalFile> log = new ArrayDeque<>();
    private final List<WalFile> recovered;
    // Of other processes, oldest first: what may not be on the disk. They stay until this process
    // has written that once more.
    private volatile List<WalFile> inDoubt;
    private boolean dropping;

    LogFiles(
            FileSystem files,
            String directory,
            ReentrantLock lock,
            List<WalFile> found,
            Map<String, WalRegion> regions) {
        this.files = files;
        this.directory = directory;
        this.lock = lock;
        this.regions = new HashMap<>(regions);
        recovered = List.copyOf(found);
        log.addAll(recovered);
        inDoubt = inDoubt(recovered);
    }

    // The end of the last file and, if nothing in that one was synced, that of the one before:
    // its process was to write it once more, but may have ended first.
    private static List<WalFile> inDoubt(List<WalFile> files) {
        List<WalFile> inDoubt = new ArrayList<>();
        for (int i = files.size() - 1; i >= 0; i--) {
            WalFile file = files.get(i);
            if (file.certain < file.readable) {
                inDoubt.add(0, file);
            }
            if (file.certain > WalFormat.HEADER) {
                break;
            }
        }
        return inDoubt;
    }

    /** What other processes wrote that may not be on the disk, oldest first. */
    List<WalFile> inDoubt() {
        return inDoubt;
    }

    /** All that was in doubt was written once more. */
    void nothingInDoubt() {
        inDoubt = List.of();
    }

    /** The newest file; null if there is none. */
    WalFile newest() {
        lock.lock();
        try {
            return log.peekLast();
        } finally {
            lock.unlock();
        }
    }

    /** Adds the file that is written to from now on. */
    void add(WalFile file) {
        lock.lock();
        try {
            log.addLast(file);
        } finally {
            lock.unlock();
        }
    }

    /** A region as the log knows it; always the same object for a name. */
    WalRegion region(String name) {
        lock.lock();
        try {
            return regions.computeIfAbsent(name, WalRegion::new);
        } finally {
            lock.unlock();
        }
    }

    /** Whether files of other processes hold writes of the region behind {@code id}. */
    boolean hasWritesBehind(WalRegion region, long id) {
        lock.lock();
        try {
            for (WalFile file : recovered) {
                for (WalFile.Use use : file.uses) {
                    if (use.region == region && use.last > id) {
                        return true;
                    }
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The files of other processes that hold unflushed writes of some of these regions. */
    List<WalFile> recoveredFor(Collection<WalRegion> some) {
        lock.lock();
        try {
            return recovered.stream()
                    .filter(
                            file ->
                                    file.uses.stream()
                                            .anyMatch(
                                                    use ->
                                                            some.contains(use.region)
                                                                    && use.needed()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that writes were written to a file. */
    void use(WalFile file, List<Write> writes) {
        lock.lock();
        try {
            for (Write write : writes) {
                if (write.type.hasCells()) {
                    file.used(write.region, write.sequence());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Notes that the end of a file was written to another: it may be of any region that used it.
     */
    void moveUses(WalFile from, WalFile to) {
        lock.lock();
        try {
            for (WalFile.Use use : from.uses) {
                to.used(use.region, use.last);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The region's writes up to {@code id} are in store files: drops what nobody needs. */
    void flushed(WalRegion region, long id) {
        lock.lock();
        try {
            region.flushed = Math.max(region.flushed, id);
        } finally {
            lock.unlock();
        }
        dropFlushed();
    }

    /** The regions whose names are not among some are gone: drops what nobody needs. */
    void forgetAllBut(Predicate<String> kept) {
        lock.lock();
        try {
            regions.values().stream()
                    .filter(region -> !kept.test(region.name))
                    .forEach(region -> region.flushed = Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
        dropFlushed();
    }

    /** Whether any file has writes that are not flushed. */
    boolean isNeeded() {
        lock.lock();
        try {
            return log.stream().anyMatch(WalFile::needed);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The regions that alone keep the oldest file from being deleted; none if there are more than
     * {@code most} of them, or no file but the one that is written to.
     */
    List<String> lastHolders(int most) {
        lock.lock();
        try {
            WalFile oldest = log.peekFirst();
            if (oldest == null || !isOver(oldest)) {
                return List.of();
            }
            List<String> names =
                    oldest.uses.stream()
                            .filter(WalFile.Use::needed)
                            .map(use -> use.region.name)
                            .toList();
            return names.size() > most ? List.of() : names;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the oldest files, one after the other, as long as nobody needs them. */
    void dropFlushed() {
        while (true) {
            WalFile file;
            lock.lock();
            try {
                file = log.peekFirst();
                if (dropping || file == null || !isOver(file) || file.needed()) {
                    return;
                }
                dropping = true;
            } finally {
                lock.unlock();
            }
            boolean deleted = delete(file);
            lock.lock();
            try {
                dropping = false;
                if (!deleted) {
                    return;
                }
                log.removeFirst();
            } finally {
                lock.unlock();
            }
        }
    }

    // Without success it is tried again after the next flush.
    private boolean delete(WalFile file) {
        try {
            Crash.point("wal.before-delete");
            files.delete(file.path);
            // In this order also on the disk: a file that misses its predecessor is damage.
            files.syncDirectory(directory);
            return true;
        } catch (SkepException e) {
            return false;
        }
    }

    // With the lock: the last file is written to, or its end is not known to a next one.
    private boolean isOver(WalFile file) {
        return file != log.peekLast() && !inDoubt.contains(file);
    }

    /**
     * The regions with unflushed writes in the oldest files, as far as the log is longer than
     * {@code keptBytes}; oldest first.
     */
    List<String> regionsHoldingBack(long keptBytes) {
        lock.lock();
        try {
            long bytes = log.stream().mapToLong(file -> file.end).sum();
            List<String> names = new ArrayList<>();
            for (WalFile file : log) {
                if (bytes <= keptBytes || !isOver(file)) {
                    break;
                }
                file.uses.stream()
                        .filter(WalFile.Use::needed)
                        .sorted(Comparator.comparing(use -> use.region.name))
                        .map(use -> use.region.name)
                        .filter(name -> !names.contains(name))
                        .forEach(names::add);
                bytes -= file.end;
            }
            return names;
        } finally {
            lock.unlock();
        }
    }

    /** How many files there are. */
    int count() {
        lock.lock();
        try {
            return log.size();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of records and headers in all files. */
    long bytes() {
        lock.lock();
        try {
            return log.stream().mapToLong(file -> file.end).sum();
        } finally {
            lock.unlock();
        }
    }
}
