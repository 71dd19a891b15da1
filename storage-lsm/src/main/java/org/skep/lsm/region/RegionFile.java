package org.skep.lsm.region;

import java.util.Arrays;

/**
 * A store file as a manifest names it: a whole file, or the rows of it that are within bounds. The
 * file may lie in the directory of another region. Immutable; the arrays are not to be changed.
 *
 * @param family the family that it belongs to
 * @param path relative to the store's root
 * @param startRow the first row that belongs to the region; empty for no bound
 * @param stopRow the first row behind; empty for no bound
 * @param sequence orders the files of a family: what is in a file with a greater one is newer
 * @param bulkLoaded whether all its cells count as written with that sequence id
 */
public record RegionFile(
        String family,
        String path,
        byte[] startRow,
        byte[] stopRow,
        long sequence,
        boolean bulkLoaded) {
    private static final byte[] EMPTY = {};

    public RegionFile {
        if (stopRow.length > 0 && Arrays.compareUnsigned(startRow, stopRow) >= 0) {
            throw new IllegalArgumentException("File must have rows: " + path);
        }
    }

    /** A whole file that a flush or a compaction wrote. */
    public static RegionFile whole(String family, String path, long sequence) {
        return new RegionFile(family, path, EMPTY, EMPTY, sequence, false);
    }

    /** Whether all rows of the file belong to the region. */
    public boolean isWhole() {
        return startRow.length == 0 && stopRow.length == 0;
    }

    /** Whether a row is within the bounds. */
    public boolean contains(byte[] row) {
        return Arrays.compareUnsigned(row, startRow) >= 0
                && (stopRow.length == 0 || Arrays.compareUnsigned(row, stopRow) < 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegionFile file
                && family.equals(file.family)
                && path.equals(file.path)
                && Arrays.equals(startRow, file.startRow)
                && Arrays.equals(stopRow, file.stopRow)
                && sequence == file.sequence
                && bulkLoaded == file.bulkLoaded;
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
