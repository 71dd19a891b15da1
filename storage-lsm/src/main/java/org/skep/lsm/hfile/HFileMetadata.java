package org.skep.lsm.hfile;

/**
 * What is known of a file without reading its cells. Immutable; arrays are shared and must not be
 * changed.
 *
 * @param path where it was when it was written or opened
 * @param length bytes on disk
 * @param entries cells
 * @param rows rows, -1 if it is not known (files of HBase)
 * @param columns columns (rows with qualifiers), -1 if it is not known
 * @param deletes cells that hide others, -1 if it is not known
 * @param deleteFamilies of these, those that hide whole families
 * @param firstRow the first row, null if there are no cells
 * @param lastRow the last row, null if there are no cells
 * @param minTimestamp the least timestamp of a cell; 0 if there is a marker that hides older ones
 * @param maxTimestamp the greatest timestamp of a cell, less than the least if there are no cells
 * @param maxSequence the greatest sequence id that the file stands for, 0 if it is not known
 * @param maxCellSequence the greatest sequence id that a cell has
 * @param createdMillis milliseconds since 1970, 0 if it is not known
 * @param major whether it is the outcome of a major compaction
 * @param sequences whether cells have sequence ids
 * @param tags whether cells may have tags
 * @param earliestPut the least timestamp of a put; the least of all where it is not known
 */
@SuppressWarnings("ArrayRecordComponent")
public record HFileMetadata(
        String path,
        long length,
        long entries,
        long rows,
        long columns,
        long deletes,
        long deleteFamilies,
        byte[] firstRow,
        byte[] lastRow,
        long minTimestamp,
        long maxTimestamp,
        long maxSequence,
        long maxCellSequence,
        long createdMillis,
        boolean major,
        boolean sequences,
        boolean tags,
        long earliestPut) {
    /** Whether there are no cells. */
    public boolean empty() {
        return entries == 0;
    }

    /** Whether every column has one cell, a value: no versions and no deletes; false if unknown. */
    public boolean oneVersionPerColumn() {
        return columns == entries && deletes == 0;
    }
}
