package org.skep.lsm.store.host;

import java.util.Arrays;
import java.util.List;

/**
 * The regions of a table in the order of their rows, as far as they are served: one moment of it.
 * Immutable.
 */
public final class Route {
    private final byte[][] starts;
    private final HostedRegion[] regions;

    Route(List<HostedRegion> regions) {
        this.regions = regions.toArray(new HostedRegion[0]);
        Arrays.sort(
                this.regions,
                (a, b) -> Arrays.compareUnsigned(a.info().startRow(), b.info().startRow()));
        starts = new byte[this.regions.length][];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = this.regions[i].info().startRow();
        }
    }

    /** All regions, first rows first. */
    public List<HostedRegion> regions() {
        return List.of(regions);
    }

    /** The region that a row belongs to; null if it is not served. */
    HostedRegion find(byte[] row) {
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(starts[middle], row) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && regions[high].info().contains(row) ? regions[high] : null;
    }

    /**
     * The region with the greatest rows before {@code row}, or before the end if that is empty;
     * null if it is not served.
     */
    HostedRegion findBefore(byte[] row) {
        for (int i = regions.length - 1; i >= 0; i--) {
            byte[] stop = regions[i].info().stopRow();
            if (row.length == 0) {
                return stop.length == 0 ? regions[i] : null;
            }
            if (Arrays.compareUnsigned(starts[i], row) < 0) {
                return stop.length == 0 || Arrays.compareUnsigned(stop, row) >= 0
                        ? regions[i]
                        : null;
            }
        }
        return null;
    }
}
