package org.skep.lsm.store.directory;

import org.skep.lsm.schema.RegionInfo;

import java.util.Arrays;

/**
 * A file of cells as a region sees it: the whole of it, or its rows within bounds. The file may lie
 * in the directory of another region. Immutable; the arrays are not to be changed.
 *
 * @param family the family that it belongs to
 * @param path relative to the store's root
 * @param startRow the first row that belongs to the region; empty for no bound
 * @param stopRow the first row behind; empty for no bound
 */
public record StoredFile(String family, String path, byte[] startRow, byte[] stopRow) {
    /** A whole file. */
    public static StoredFile whole(String family, String path) {
        return new StoredFile(family, path, new byte[0], new byte[0]);
    }

    /** The part of it that lies in a region too. */
    public StoredFile within(RegionInfo region) {
        byte[] start =
                Arrays.compareUnsigned(startRow, region.startRow()) >= 0
                        ? startRow
                        : region.startRow();
        byte[] stop = stopRow;
        if (stop.length == 0
                || (region.stopRow().length > 0
                        && Arrays.compareUnsigned(region.stopRow(), stop) < 0)) {
            stop = region.stopRow();
        }
        return new StoredFile(family, path, start, stop);
    }

    /** Whether no row can be in it. */
    public boolean isEmpty() {
        return stopRow.length > 0 && Arrays.compareUnsigned(startRow, stopRow) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredFile file
                && family.equals(file.family)
                && path.equals(file.path)
                && Arrays.equals(startRow, file.startRow)
                && Arrays.equals(stopRow, file.stopRow);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
