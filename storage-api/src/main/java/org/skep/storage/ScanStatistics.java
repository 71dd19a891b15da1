package org.skep.storage;

/**
 * What a scan did. Immutable.
 *
 * @param bytesRead from files
 * @param rowsRead decoded, before filters
 * @param unitsRead row groups, stripes or files that were read
 * @param unitsSkipped row groups, stripes or files that ranges ruled out
 */
public record ScanStatistics(long bytesRead, long rowsRead, long unitsRead, long unitsSkipped) {
    /** Nothing read. */
    public static final ScanStatistics NONE = new ScanStatistics(0, 0, 0, 0);

    /** The sum of both. */
    public ScanStatistics plus(ScanStatistics other) {
        return new ScanStatistics(
                bytesRead + other.bytesRead,
                rowsRead + other.rowsRead,
                unitsRead + other.unitsRead,
                unitsSkipped + other.unitsSkipped);
    }
}
