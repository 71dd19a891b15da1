package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;

/**
 * Makes files and directory entries survive a power cut; several at a time, since a disk's journal
 * serves them together. Safe for use by many threads.
 */
final class Durability {
    private static final int MOST_SETTLED = 100_000;

    private final FileSystems fileSystems;
    private final Executor executor;
    private final String home;
    // Directories that are sure to survive, with those above; what is missing is found out again.
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    /**
     * For one warehouse.
     *
     * @param home a directory that is sure to survive, the data directory
     */
    Durability(FileSystems fileSystems, Executor executor, String home) {
        this.fileSystems = fileSystems;
        this.executor = executor;
        this.home = home;
    }

    /** Returns when all these files and directories would survive, or throws the first failure. */
    void sync(Collection<String> files, Collection<String> directories) {
        List<Runnable> work = new ArrayList<>();
        files.forEach(file -> work.add(() -> fileSystems.of(file).syncFile(file)));
        directories.forEach(
                directory -> work.add(() -> fileSystems.of(directory).syncDirectory(directory)));
        all(work);
    }

    /** As {@link #sync} for directories, but those that are gone are left out. */
    void syncExisting(Collection<String> directories) {
        syncExisting(directories, Set.of(ErrorCode.FILE_NOT_FOUND));
    }

    /** As {@link #syncExisting(Collection)}, but those that are closed to us are left out, too. */
    void syncReachable(Collection<String> directories) {
        syncExisting(directories, Set.of(ErrorCode.FILE_NOT_FOUND, ErrorCode.PERMISSION_DENIED));
    }

    private void syncExisting(Collection<String> directories, Set<ErrorCode> tolerated) {
        List<Runnable> work = new ArrayList<>();
        for (String directory : directories) {
            work.add(() -> syncUnless(directory, tolerated));
        }
        all(work);
    }

    private void syncUnless(String directory, Set<ErrorCode> tolerated) {
        try {
            fileSystems.of(directory).syncDirectory(directory);
        } catch (SkepException e) {
            if (!tolerated.contains(e.code())) {
                throw e;
            }
        }
    }

    private void all(List<Runnable> work) {
        if (work.size() == 1) {
            work.get(0).run();
            return;
        }
        List<CompletableFuture<Void>> running = new ArrayList<>();
        work.forEach(each -> running.add(CompletableFuture.runAsync(each, executor)));
        RuntimeException failure = null;
        for (CompletableFuture<Void> each : running) {
            try {
                each.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                failure = e.getCause() instanceof SkepException known ? known : e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Makes a directory and those above it.
     *
     * <p>What is there already may have been made by an attempt that failed, or by a process that
     * ended, before it was synced; so it counts as new until {@link #settle}.
     *
     * @param root the directory of the table, or another, that it is in
     * @param unsynced gets the directories to be synced before it is sure to survive
     */
    void make(String directory, String root, Set<String> unsynced) {
        FileSystem fileSystem = fileSystems.of(directory);
        String top = top(root);
        boolean missing = false;
        for (String at = directory; !at.isEmpty(); at = Location.parent(at)) {
            String above = Location.parent(at);
            if (fileSystem.status(at).isEmpty()) {
                missing = true;
                settled.remove(at);
            } else if (!below(at, top) || settled.contains(at) || unsynced.contains(above)) {
                break;
            }
            if (!above.isEmpty()) {
                unsynced.add(above);
            }
        }
        if (missing) {
            fileSystem.createDirectories(directory);
        }
    }

    // What is above is not ours.
    private String top(String root) {
        return Location.within(root, home) ? home : Location.parent(root);
    }

    private static boolean below(String path, String directory) {
        return path.length() > directory.length() && Location.within(path, directory);
    }

    /** Remembers that a directory survives, since what {@link #make} named is synced. */
    void settle(String directory, String root) {
        if (settled.size() > MOST_SETTLED) {
            settled.clear();
        }
        String top = top(root);
        for (String at = directory; below(at, top); at = Location.parent(at)) {
            settled.add(at);
        }
    }

    /** Forgets a directory that was deleted. */
    void forget(String directory) {
        settled.remove(directory);
    }
}
