package org.skep.lsm.store.snapshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.store.directory.StoreDirectory;

/**
 * The snapshots of a store, a file each: a snapshot is there when its file is. Safe for use by many
 * threads.
 */
public final class SnapshotDirectory {
    private final StoreDirectory directory;

    /** The snapshots of a store. */
    public SnapshotDirectory(StoreDirectory directory) {
        this.directory = directory;
    }

    /** The file of a snapshot. */
    public String path(String name) {
        return directory.snapshots() + "/" + name;
    }

    /** The names of all snapshots, sorted. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (FileStatus file : directory.fileSystem().list(directory.snapshots())) {
            if (!file.directory() && !file.name().endsWith(".new")) {
                names.add(file.name());
            }
        }
        return names;
    }

    /** Whether there is a snapshot of this name. */
    public boolean exists(String name) {
        return directory.fileSystem().status(path(name)).isPresent();
    }

    /**
     * Reads a snapshot.
     *
     * @throws SkepException FILE_NOT_FOUND, CORRUPT_FILE
     */
    public Snapshot read(String name) {
        if (!exists(name)) {
            throw new SkepException(ErrorCode.FILE_NOT_FOUND, "Snapshot not found: " + name);
        }
        return Snapshot.decode(directory.read(path(name)), path(name));
    }

    /**
     * Keeps a snapshot for good.
     *
     * @throws SkepException CONFLICT if there is one of this name
     */
    public void write(Snapshot snapshot) {
        if (exists(snapshot.name())) {
            throw new SkepException(
                    ErrorCode.CONFLICT, "Snapshot exists already: " + snapshot.name());
        }
        Crash.point("snapshot.before-write");
        directory.writeOnce(path(snapshot.name()), snapshot.encode());
        Crash.point("snapshot.after-write");
    }

    /** Forgets a snapshot. */
    public void delete(String name) {
        if (!exists(name)) {
            throw new SkepException(ErrorCode.FILE_NOT_FOUND, "Snapshot not found: " + name);
        }
        directory.remove(path(name));
        Crash.point("snapshot.after-delete");
    }

    /** The paths, relative to the root, of all files that some snapshot names. */
    public Set<String> namedFiles() {
        Set<String> paths = new HashSet<>();
        for (String name : names()) {
            read(name).files().stream().map(RegionFile::path).forEach(paths::add);
        }
        return paths;
    }
}
