package org.skep.lsm.store.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.region.RetiredFiles;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.snapshot.SnapshotDirectory;

/**
 * Deletes files that no manifest of a region and no snapshot names. It looks only at files that
 * somebody has let go of: those that regions report, and those in directories that are no regions
 * any more. Safe for use by many threads.
 */
public final class Sweeper implements RetiredFiles {
    private final StoreDirectory directory;
    private final SnapshotDirectory snapshots;
    // Held for reading while names of files are on their way from one list to another.
    private final ReentrantReadWriteLock names = new ReentrantReadWriteLock();

    // Guarded by this: relative paths.
    private final Set<String> files = new TreeSet<>();
    private final Set<String> directories = new TreeSet<>();
    private boolean changed;

    private volatile Runnable listener = () -> {};

    /** A sweeper of a store, with nothing to do. */
    public Sweeper(StoreDirectory directory) {
        this.directory = directory;
        snapshots = new SnapshotDirectory(directory);
    }

    /** Calls {@code work}, which must be quick, for each file that somebody lets go of. */
    public void listener(Runnable work) {
        listener = work;
    }

    @Override
    public void retired(String path) {
        synchronized (this) {
            files.add(path.startsWith("/") ? directory.relative(path) : path);
            changed = true;
        }
        listener.run();
    }

    /** A directory is no region any more. */
    synchronized void retiredDirectory(String path) {
        directories.add(directory.relative(path));
        changed = true;
    }

    /** Something that named files is gone. */
    public synchronized void look() {
        changed = true;
    }

    /** Taken while files are listed that are to be named elsewhere; lets nothing be deleted. */
    public Lock keepAll() {
        return names.readLock();
    }

    /**
     * Takes note of what an earlier process left: directories that are no regions, and files in
     * regions that their manifests do not name. To be called before regions are opened.
     */
    public void survey(Catalogue catalogue) {
        FileSystem fileSystem = directory.fileSystem();
        Set<String> regions = catalogue.regions().keySet();
        for (FileStatus namespace : fileSystem.list(directory.data())) {
            for (FileStatus table : listed(namespace)) {
                for (FileStatus region : listed(table)) {
                    if (!region.directory() || isMeta(region)) {
                        continue;
                    }
                    if (regions.contains(region.name())) {
                        surveyRegion(region.path());
                    } else if (!hasInfo(region.path())) {
                        retiredDirectory(region.path());
                    }
                }
            }
        }
    }

    private static boolean isMeta(FileStatus region) {
        return region.name().equals(MetaTable.REGION.encodedName());
    }

    private List<FileStatus> listed(FileStatus parent) {
        return parent.directory() ? directory.fileSystem().list(parent.path()) : List.of();
    }

    private boolean hasInfo(String region) {
        return directory.fileSystem().status(region + "/" + StoreDirectory.REGION_INFO).isPresent();
    }

    private void surveyRegion(String path) {
        Set<String> named = new HashSet<>();
        try {
            Optional<Manifest> manifest = Manifest.readNewest(directory.fileSystem(), path);
            if (manifest.isEmpty()) {
                return;
            }
            manifest.get().files().forEach(file -> named.add(file.path()));
        } catch (SkepException e) {
            if (e.code() != ErrorCode.CORRUPT_FILE) {
                throw e;
            }
            // A region that is damaged loses nothing; that it is, opening it tells.
            return;
        }
        for (FileStatus family : directory.fileSystem().list(path)) {
            for (FileStatus file : listed(family)) {
                if (!named.contains(directory.relative(file.path()))) {
                    retired(file.path());
                }
            }
        }
    }

    /**
     * The files that the manifest in a region's directory names.
     *
     * @throws SkepException CORRUPT_FILE also if there is no manifest: then nobody knows the files
     */
    public List<RegionFile> files(String region) {
        return newest(region)
                .map(Manifest::files)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.CORRUPT_FILE,
                                        "Region has no manifest: " + region));
    }

    private Optional<Manifest> newest(String region) {
        while (true) {
            try {
                return Manifest.readNewest(directory.fileSystem(), region);
            } catch (SkepException e) {
                // A newer one may have taken the place of the one that was found.
                if (e.code() != ErrorCode.FILE_NOT_FOUND
                        || directory.fileSystem().status(region).isEmpty()) {
                    throw e;
                }
            }
        }
    }

    /**
     * Deletes what nobody names.
     *
     * @param catalogue asked for once it is known which files snapshots name
     */
    public void sweep(Supplier<Catalogue> catalogue) {
        List<String> oldFiles;
        List<String> oldDirectories;
        synchronized (this) {
            if (!changed || (files.isEmpty() && directories.isEmpty())) {
                return;
            }
            changed = false;
        }
        names.writeLock().lock();
        try {
            synchronized (this) {
                oldFiles = List.copyOf(files);
                oldDirectories = List.copyOf(directories);
            }
            Set<String> named = snapshots.namedFiles();
            Catalogue now = catalogue.get();
            for (RegionInfo region : now.regions().values()) {
                files(directory.region(region)).forEach(file -> named.add(file.path()));
            }
            // A store that was never opened whole has none yet.
            newest(directory.region(MetaTable.REGION))
                    .ifPresent(meta -> meta.files().forEach(file -> named.add(file.path())));
            sweep(oldFiles, oldDirectories, named, now);
        } catch (RuntimeException e) {
            look();
            throw e;
        } finally {
            names.writeLock().unlock();
        }
    }

    private void sweep(
            List<String> oldFiles,
            List<String> oldDirectories,
            Set<String> named,
            Catalogue catalogue) {
        List<String> goneFiles = new ArrayList<>();
        for (String path : oldFiles) {
            if (!named.contains(path)) {
                Crash.point("sweep.before-delete");
                directory.fileSystem().delete(directory.absolute(path));
                goneFiles.add(path);
            }
        }
        List<String> goneDirectories = new ArrayList<>();
        for (String path : oldDirectories) {
            String absolute = directory.absolute(path);
            boolean back =
                    catalogue.regions().containsKey(path.substring(path.lastIndexOf('/') + 1))
                            || hasInfo(absolute);
            if (back || sweepDirectory(absolute, named)) {
                goneDirectories.add(path);
                removeEmptyTable(absolute.substring(0, absolute.lastIndexOf('/')), catalogue);
            }
        }
        synchronized (this) {
            files.removeAll(goneFiles);
            directories.removeAll(goneDirectories);
        }
    }

    // Whether the directory is gone.
    private boolean sweepDirectory(String path, Set<String> named) {
        FileSystem fileSystem = directory.fileSystem();
        if (fileSystem.status(path).isEmpty()) {
            return true;
        }
        boolean needed = false;
        for (FileStatus family : fileSystem.list(path)) {
            for (FileStatus file : listed(family)) {
                if (named.contains(directory.relative(file.path()))) {
                    needed = true;
                } else {
                    Crash.point("sweep.before-delete");
                    fileSystem.deleteTree(file.path());
                }
            }
        }
        if (!needed) {
            fileSystem.deleteTree(path);
        }
        return !needed;
    }

    private void removeEmptyTable(String path, Catalogue catalogue) {
        FileSystem fileSystem = directory.fileSystem();
        boolean known =
                catalogue.tables().keySet().stream()
                        .anyMatch(table -> directory.table(table).equals(path));
        if (!known && fileSystem.status(path).isPresent() && fileSystem.list(path).isEmpty()) {
            fileSystem.delete(path);
        }
    }
}
