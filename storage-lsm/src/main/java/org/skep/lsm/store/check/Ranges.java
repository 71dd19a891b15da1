package org.skep.lsm.store.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.lsm.schema.RegionInfo;

/**
 * What the ranges of a table's regions leave out and what they cover twice. Immutable.
 *
 * @param holes rows that no region has
 * @param overlaps regions that share rows with others, in groups that do not touch
 */
record Ranges(List<Hole> holes, List<List<RegionInfo>> overlaps) {
    /** Rows from one up to another; empty for no bound. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Hole(byte[] start, byte[] stop) {
        @Override
        public String toString() {
            return "[" + RegionInfo.printable(start) + ", " + RegionInfo.printable(stop) + ")";
        }
    }

    static Ranges of(List<RegionInfo> regions) {
        List<RegionInfo> sorted = new ArrayList<>(regions);
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.startRow(), b.startRow()));
        List<Hole> holes = new ArrayList<>();
        List<List<RegionInfo>> overlaps = new ArrayList<>();
        List<RegionInfo> group = new ArrayList<>();
        byte[] covered = {};
        boolean toTheEnd = false;
        for (RegionInfo region : sorted) {
            int gap = toTheEnd ? -1 : Arrays.compareUnsigned(region.startRow(), covered);
            boolean apart = group.isEmpty() || gap >= 0;
            if (apart) {
                keep(group, overlaps);
                group = new ArrayList<>();
                if (gap > 0) {
                    holes.add(new Hole(covered, region.startRow()));
                }
            }
            group.add(region);
            if (region.stopRow().length == 0) {
                toTheEnd = true;
            } else if (apart || Arrays.compareUnsigned(region.stopRow(), covered) > 0) {
                covered = region.stopRow();
            }
        }
        keep(group, overlaps);
        if (!toTheEnd) {
            holes.add(new Hole(covered, new byte[0]));
        }
        return new Ranges(holes, overlaps);
    }

    private static void keep(List<RegionInfo> group, List<List<RegionInfo>> overlaps) {
        if (group.size() > 1) {
            overlaps.add(List.copyOf(group));
        }
    }
}
