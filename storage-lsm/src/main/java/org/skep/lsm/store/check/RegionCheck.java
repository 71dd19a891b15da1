package org.skep.lsm.store.check;

import java.util.HashMap;
import java.util.Map;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.meta.RegionInfoFormat;

/** Compares the regions of meta with their directories. Confined to one thread. */
final class RegionCheck {
    private final CheckedStore store;

    RegionCheck(CheckedStore store) {
        this.store = store;
    }

    void run(TableName table) {
        Map<String, RegionInfo> known = new HashMap<>();
        store.catalogue.require(table).regions().forEach(r -> known.put(r.encodedName(), r));
        for (RegionInfo region : known.values()) {
            if (store.files.status(store.directory.region(region)).isEmpty()) {
                store.found(
                        Finding.Kind.MISSING_REGION,
                        "Region has no directory: " + region,
                        "taken out of meta; its cells are lost",
                        () -> store.meta.deleteRegion(region));
                store.catalogue = store.catalogue.withoutRegion(region);
            } else {
                checkInfo(region);
            }
        }
        for (FileStatus found : store.regionDirectories(store.directory.table(table))) {
            if (!known.containsKey(found.name())) {
                checkOrphan(table, found.path());
            }
        }
        for (RegionInfo region : store.catalogue.require(table).regions()) {
            if (store.files.status(store.directory.region(region)).isPresent()) {
                new RegionFilesCheck(store).run(region);
            }
        }
    }

    private void checkInfo(RegionInfo region) {
        String path = CheckedStore.info(store.directory.region(region));
        try {
            RegionInfo said = RegionInfoFormat.unseal(store.directory.read(path), path);
            if (said.equals(region)) {
                return;
            }
        } catch (SkepException e) {
            CheckedStore.requireDamage(e);
            // Whatever is wrong with it, it is written anew.
        }
        store.found(
                Finding.Kind.DESCRIPTION,
                "Region's directory does not say which it is: " + store.directory.region(region),
                "written from meta",
                () -> {
                    store.putAside(path);
                    store.directory.writeOnce(path, RegionInfoFormat.seal(region));
                });
    }

    private void checkOrphan(TableName table, String path) {
        RegionInfo region;
        try {
            region =
                    RegionInfoFormat.unseal(
                            store.directory.read(CheckedStore.info(path)), CheckedStore.info(path));
        } catch (SkepException e) {
            CheckedStore.requireDamage(e);
            store.found(
                    Finding.Kind.ORPHAN_REGION,
                    "Directory is in no meta row and does not say which region it is: " + path,
                    "moved to lost/",
                    () -> store.putAside(path));
            return;
        }
        boolean fits =
                region.table().equals(table)
                        && store.directory.region(region).equals(path)
                        // Meta may have forgotten what came instead of others.
                        && (store.logDamaged
                                || store.findings.stream()
                                        .anyMatch(f -> f.kind() == Finding.Kind.META)
                                || store.catalogue.require(table).regions().stream()
                                        .noneMatch(region::overlaps));
        if (fits) {
            store.found(
                    Finding.Kind.ORPHAN_REGION,
                    "Region is not in meta: " + region,
                    "added to meta",
                    () -> store.meta.putRegion(region));
            store.catalogue = store.catalogue.withRegion(region);
        } else {
            store.found(
                    Finding.Kind.ORPHAN_REGION,
                    "Region is not in meta, where others have its rows: " + region,
                    "moved to lost/",
                    () -> store.putAside(path));
        }
    }
}
