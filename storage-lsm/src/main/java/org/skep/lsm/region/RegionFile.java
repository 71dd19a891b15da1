package org.skep.lsm.region;

import java.util.Arrays;
import org.skep.lsm.cell.Cell;

/**
 * A store file as a manifest names it: a whole file, or the rows of it that are within bounds. The
 * file may lie in the directory of another region. Immutable; the arrays are not to be changed.
 */
public final class RegionFile {
    private static final byte[] EMPTY = {};

    private final String family;
    private final String path;
    private final byte[] startRow;
    private final byte[] stopRow;
    private final long sequence;
    private final boolean bulkLoaded;

    /**
     * A file, or a part of one.
     *
     * @param family the family that it belongs to
     * @param path relative to the store's root
     * @param startRow the first row that belongs to the region; empty for no bound
     * @param stopRow the first row behind; empty for no bound
     * @param sequence orders the files of a family: what is in a file with a greater one is newer
     * @param bulkLoaded whether all its cells count as written with that sequence id
     */
    public RegionFile(
            String family,
            String path,
            byte[] startRow,
            byte[] stopRow,
            long sequence,
            boolean bulkLoaded) {
        if (stopRow.length > 0 && Arrays.compareUnsigned(startRow, stopRow) >= 0) {
            throw new IllegalArgumentException("File must have rows: " + path);
        }
        this.family = family;
        this.path = path;
        this.startRow = startRow.clone();
        this.stopRow = stopRow.clone();
        this.sequence = sequence;
        this.bulkLoaded = bulkLoaded;
    }

    /** A whole file that a flush or a compaction wrote. */
    public static RegionFile whole(String family, String path, long sequence) {
        return new RegionFile(family, path, EMPTY, EMPTY, sequence, false);
    }

    /** The family that it belongs to. */
    public String family() {
        return family;
    }

    /** Relative to the store's root. */
    public String path() {
        return path;
    }

    /** The first row that belongs to the region; empty for no bound. */
    public byte[] startRow() {
        return startRow;
    }

    /** The first row behind; empty for no bound. */
    public byte[] stopRow() {
        return stopRow;
    }

    /** Orders the files of a family: what is in a file with a greater one is newer. */
    public long sequence() {
        return sequence;
    }

    /** Whether all its cells count as written with the sequence id of the file. */
    public boolean bulkLoaded() {
        return bulkLoaded;
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

    @Override
    public String toString() {
        return isWhole()
                ? path
                : "%s[%s, %s)".formatted(path, Cell.printable(startRow), Cell.printable(stopRow));
    }
}
