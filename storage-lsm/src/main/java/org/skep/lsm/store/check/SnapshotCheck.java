package org.skep.lsm.store.check;

import java.util.HashSet;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.store.snapshot.Snapshot;
import org.skep.lsm.store.snapshot.SnapshotDirectory;

/** Reads snapshots, and looks for files that nothing names. Confined to one thread. */
final class SnapshotCheck {
    private final CheckedStore store;

    SnapshotCheck(CheckedStore store) {
        this.store = store;
    }

    void checkSnapshots() {
        SnapshotDirectory snapshots = new SnapshotDirectory(store.directory);
        for (String name : snapshots.names()) {
            try {
                Snapshot snapshot = snapshots.read(name);
                for (RegionFile file : snapshot.files()) {
                    if (store.files.status(store.directory.absolute(file.path())).isEmpty()) {
                        throw new SkepException(
                                ErrorCode.CORRUPT_FILE,
                                "File of snapshot %s is gone: %s".formatted(name, file.path()));
                    }
                    store.verify(file);
                }
            } catch (SkepException e) {
                CheckedStore.requireDamage(e);
                store.found(
                        Finding.Kind.SNAPSHOT,
                        e.getMessage(),
                        "moved to lost/",
                        () -> store.putAside(snapshots.path(name)));
            }
        }
    }

    private Set<String> named() {
        Set<String> named = new HashSet<>();
        SnapshotDirectory snapshots = new SnapshotDirectory(store.directory);
        for (String name : snapshots.names()) {
            try {
                snapshots.read(name).files().forEach(file -> named.add(file.path()));
            } catch (SkepException e) {
                CheckedStore.requireDamage(e);
                // It was found damaged before.
            }
        }
        for (RegionInfo region : store.catalogue.regions().values()) {
            try {
                Manifest.readNewest(store.files, store.directory.region(region))
                        .ifPresent(m -> m.files().forEach(file -> named.add(file.path())));
            } catch (SkepException e) {
                CheckedStore.requireDamage(e);
                // It was found damaged before.
            }
        }
        return named;
    }

    void checkOrphanFiles() {
        Set<String> named = named();
        for (RegionInfo region : store.catalogue.regions().values()) {
            if (store.withoutManifest.contains(store.directory.region(region))) {
                continue;
            }
            for (FileStatus family : store.listed(store.directory.region(region))) {
                for (FileStatus file : store.listed(family.path())) {
                    if (!named.contains(store.directory.relative(file.path()))) {
                        store.found(
                                Finding.Kind.ORPHAN_FILE,
                                "File is in no manifest and no snapshot: " + file.path(),
                                "moved to lost/",
                                () -> store.putAside(file.path()));
                    }
                }
            }
        }
    }
}
