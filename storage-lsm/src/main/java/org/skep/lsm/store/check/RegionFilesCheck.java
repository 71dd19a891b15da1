package org.skep.lsm.store.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.store.snapshot.RowBounds;

/** Reads the manifests of regions and the files that they name. Confined to one thread. */
final class RegionFilesCheck {
    private final CheckedStore store;

    RegionFilesCheck(CheckedStore store) {
        this.store = store;
    }

    void run(RegionInfo region) {
        String path = store.directory.region(region);
        Manifest manifest;
        try {
            Optional<Manifest> newest = Manifest.readNewest(store.files, path);
            if (newest.isEmpty()) {
                throw new SkepException(ErrorCode.CORRUPT_FILE, "Region has no manifest: " + path);
            }
            manifest = newest.get();
        } catch (SkepException e) {
            CheckedStore.requireDamage(e);
            store.found(
                    Finding.Kind.MANIFEST,
                    e.getMessage(),
                    "made anew of the files in the region's directory",
                    () -> renewManifest(region));
            if (!store.repairs) {
                store.withoutManifest.add(path);
            }
            return;
        }
        List<RegionFile> good = new ArrayList<>();
        for (RegionFile file : manifest.files()) {
            checkFile(region, file, good);
        }
        if (store.repairs && good.size() < manifest.files().size()) {
            new Manifest(manifest.number() + 1, manifest.flushed(), good).write(store.files, path);
        }
    }

    private void checkFile(RegionInfo region, RegionFile file, List<RegionFile> good) {
        String path = store.directory.absolute(file.path());
        if (store.files.status(path).isEmpty()) {
            store.found(
                    Finding.Kind.MISSING_FILE,
                    "File of region %s is gone: %s".formatted(region, path),
                    "taken out of the manifest; its cells are lost",
                    () -> {});
            return;
        }
        try {
            HFileMetadata metadata = store.verify(file);
            boolean outside =
                    file.isWhole()
                            && !metadata.empty()
                            && !(region.contains(metadata.firstRow())
                                    && region.contains(metadata.lastRow()));
            if (outside) {
                store.found(
                        Finding.Kind.FILE,
                        "File has rows that are not of region %s: %s".formatted(region, path),
                        "only the region's rows are used",
                        () -> good.add(RowBounds.within(file, region).orElseThrow()));
                return;
            }
            good.add(file);
        } catch (SkepException e) {
            CheckedStore.requireDamage(e);
            store.found(
                    Finding.Kind.FILE,
                    e.getMessage(),
                    "moved to lost/; its cells are lost",
                    () -> store.putAside(path));
        }
    }

    // Also files that a compaction had replaced come back, and those of other regions do not.
    private void renewManifest(RegionInfo region) {
        String path = store.directory.region(region);
        List<RegionFile> good = new ArrayList<>();
        Map<String, Long> flushed = new HashMap<>();
        long number = 0;
        for (FileStatus entry : store.listed(path)) {
            if (entry.name().startsWith("manifest.")) {
                number = Math.max(number, numberOf(entry.name()));
                store.putAside(entry.path());
            }
        }
        for (ColumnFamily family :
                store.catalogue.require(region.table()).descriptor().families()) {
            long last = 0;
            for (FileStatus entry : store.listed(path + "/" + family.name())) {
                RegionFile file =
                        RegionFile.whole(family.name(), store.directory.relative(entry.path()), 0);
                try {
                    HFileMetadata metadata = store.verify(file);
                    last = Math.max(last, metadata.maxSequence());
                    good.add(RegionFile.whole(family.name(), file.path(), metadata.maxSequence()));
                } catch (SkepException e) {
                    CheckedStore.requireDamage(e);
                    store.putAside(entry.path());
                }
            }
            flushed.put(family.name(), last);
        }
        new Manifest(number + 1, flushed, good).write(store.files, path);
    }

    private static long numberOf(String manifest) {
        String digits = manifest.replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
    }
}
