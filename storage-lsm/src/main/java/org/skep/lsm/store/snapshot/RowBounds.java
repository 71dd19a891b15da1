package org.skep.lsm.store.snapshot;

import java.util.Arrays;
import java.util.Optional;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.RegionInfo;

/** Cuts files at the bounds of regions, without touching them. Stateless. */
public final class RowBounds {
    private RowBounds() {}

    /** The part of a file that lies in a region; empty if none can. */
    public static Optional<RegionFile> within(RegionFile file, RegionInfo region) {
        byte[] start =
                Arrays.compareUnsigned(file.startRow(), region.startRow()) >= 0
                        ? file.startRow()
                        : region.startRow();
        byte[] stop = file.stopRow();
        if (stop.length == 0
                || (region.stopRow().length > 0
                        && Arrays.compareUnsigned(region.stopRow(), stop) < 0)) {
            stop = region.stopRow();
        }
        if (stop.length > 0 && Arrays.compareUnsigned(start, stop) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new RegionFile(
                        file.family(),
                        file.path(),
                        start,
                        stop,
                        file.sequence(),
                        file.bulkLoaded()));
    }
}
