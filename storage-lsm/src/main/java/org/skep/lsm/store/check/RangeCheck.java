package org.skep.lsm.store.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.meta.RegionInfoFormat;
import org.skep.lsm.store.snapshot.RowBounds;

/** Looks for rows that are in no region or in several. Confined to one thread. */
final class RangeCheck {
    private final CheckedStore store;

    RangeCheck(CheckedStore store) {
        this.store = store;
    }

    void run(TableName table) {
        Ranges ranges = Ranges.of(store.catalogue.require(table).regions());
        for (List<RegionInfo> group : ranges.overlaps()) {
            store.found(
                    Finding.Kind.OVERLAP,
                    "Regions have the same rows: " + group,
                    "joined to one region",
                    () -> join(table, group));
        }
        for (Ranges.Hole hole : ranges.holes()) {
            store.found(
                    Finding.Kind.HOLE,
                    "Rows %s of table %s are in no region".formatted(hole, table),
                    "an empty region is made",
                    () ->
                            make(
                                    new RegionInfo(
                                            table, hole.start(), hole.stop(), store.freshId()),
                                    List.of()));
        }
    }

    private void make(RegionInfo region, List<RegionFile> content) {
        String path = store.directory.region(region);
        store.directory.makeDirectory(path);
        long last = content.stream().mapToLong(RegionFile::sequence).max().orElse(0);
        Region.create(
                store.services,
                store.catalogue.require(region.table()).descriptor(),
                path,
                content,
                last);
        store.directory.writeOnce(CheckedStore.info(path), RegionInfoFormat.seal(region));
        addRegion(region);
    }

    private void join(TableName table, List<RegionInfo> group) {
        byte[] stop = group.get(0).stopRow();
        List<RegionFile> content = new ArrayList<>();
        for (RegionInfo region : group) {
            boolean further =
                    stop.length > 0
                            && (region.stopRow().length == 0
                                    || Arrays.compareUnsigned(region.stopRow(), stop) > 0);
            stop = further ? region.stopRow() : stop;
            // The log may have writes of it.
            Region.open(
                            store.services,
                            region,
                            store.catalogue.require(table).descriptor(),
                            store.directory.region(region))
                    .close();
            Manifest.readNewest(store.files, store.directory.region(region))
                    .map(Manifest::files)
                    .orElse(List.of())
                    .forEach(file -> RowBounds.within(file, region).ifPresent(content::add));
        }
        make(new RegionInfo(table, group.get(0).startRow(), stop, store.freshId()), content);
        for (RegionInfo region : group) {
            removeRegion(region);
            store.directory.remove(CheckedStore.info(store.directory.region(region)));
        }
    }

    private void addRegion(RegionInfo region) {
        store.meta.putRegion(region);
        store.catalogue = store.catalogue.withRegion(region);
    }

    private void removeRegion(RegionInfo region) {
        store.meta.deleteRegion(region);
        store.catalogue = store.catalogue.withoutRegion(region);
    }
}
