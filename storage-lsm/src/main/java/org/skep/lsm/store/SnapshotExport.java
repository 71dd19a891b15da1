package org.skep.lsm.store;

import java.util.HashSet;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.store.directory.Directories;
import org.skep.lsm.store.host.FileCopies;
import org.skep.lsm.store.snapshot.Snapshot;

/** Copies a snapshot's files to where others can load them. Confined to one thread. */
final class SnapshotExport {
    private final Foundation foundation;

    SnapshotExport(Foundation foundation) {
        this.foundation = foundation;
    }

    int run(Snapshot snapshot, String target) {
        FileSystem files = foundation.directory().fileSystem();
        Directories.make(files, target);
        if (!files.list(target).isEmpty()) {
            throw new SkepException(ErrorCode.INVALID_PATH, "Directory must be empty: " + target);
        }
        FileCopies copies = new FileCopies(foundation.services());
        Set<String> families = new HashSet<>();
        int count = 0;
        for (RegionFile file : snapshot.files()) {
            String family = target + "/" + file.family();
            if (families.add(file.family())) {
                files.createDirectories(family);
            }
            String path = family + "/%08x".formatted(count);
            boolean any =
                    copies.copyRows(
                            foundation.directory().absolute(file.path()),
                            path,
                            snapshot.table().family(file.family()).orElseThrow(),
                            file.startRow(),
                            file.stopRow());
            count += any ? 1 : 0;
        }
        for (String family : families) {
            files.syncDirectory(target + "/" + family);
        }
        files.syncDirectory(target);
        return count;
    }
}
