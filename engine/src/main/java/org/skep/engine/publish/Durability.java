package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final FileSystems fileSystems;
    private final Executor executor;

    Durability(FileSystems fileSystems, Executor executor) {
        this.fileSystems = fileSystems;
        this.executor = executor;
    }

    /** Returns when all these files and directories would survive, or throws the first failure. */
    void sync(Collection<String> files, Collection<String> directories) {
        List<Runnable> work = new ArrayList<>();
        files.forEach(file -> work.add(() -> fileSystems.of(file).syncFile(file)));
        directories.forEach(
                directory -> work.add(() -> fileSystems.of(directory).syncDirectory(directory)));
        all(work);
    }

    /** As {@link #sync} for directories, but those that are gone or closed to us are left out. */
    void syncExisting(Collection<String> directories) {
        List<Runnable> work = new ArrayList<>();
        for (String directory : directories) {
            work.add(() -> syncExisting(directory));
        }
        all(work);
    }

    private void syncExisting(String directory) {
        try {
            fileSystems.of(directory).syncDirectory(directory);
        } catch (SkepException e) {
            if (e.code() != ErrorCode.FILE_NOT_FOUND && e.code() != ErrorCode.PERMISSION_DENIED) {
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
     * @return directories that have new entries, which are not durable yet
     */
    Set<String> make(String directory) {
        FileSystem fileSystem = fileSystems.of(directory);
        Set<String> changed = new LinkedHashSet<>();
        String missing = directory;
        while (!missing.isEmpty() && fileSystem.status(missing).isEmpty()) {
            changed.add(Location.parent(missing));
            missing = Location.parent(missing);
        }
        changed.remove("");
        if (!changed.isEmpty()) {
            fileSystem.createDirectories(directory);
        }
        return changed;
    }
}
