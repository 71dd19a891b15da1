package org.skep.lsm.cell;

/**
 * A sorted stream of cells of one family: a memstore, a store file, or several merged. A new source
 * stands before its first cell and must be moved with one of the seeks first. Failures are {@link
 * org.skep.base.error.SkepException}s; damaged bytes are CORRUPT_FILE naming file and offset.
 * Confined to one thread.
 */
public interface CellSource extends AutoCloseable {
    /** Moves to the first cell at or behind {@code key}, from anywhere; false if there is none. */
    boolean seek(SeekKey key);

    /**
     * Like {@link #seek} for a key that is not before the current cell: may be much cheaper when it
     * is near.
     */
    boolean advance(SeekKey key);

    /** Moves to the next cell; false at the end. */
    boolean next();

    /**
     * Moves to the next cell if that is known to be cheap, and if the cell is a put of a later
     * column of the same row, has no tags, and is not newer than a read point. Otherwise stays and
     * answers false, which says nothing about the next cell.
     */
    default boolean nextColumn(long readPoint) {
        return false;
    }

    /**
     * The same, but versions of the current column may be passed: if the current cell is a put, not
     * newer than the read point, of a column with a name, and the next one another put of it that
     * is older, not newer than the read point and without tags, then this one and all behind it.
     */
    default boolean nextNewestColumn(long readPoint) {
        return nextColumn(readPoint);
    }

    /**
     * Moves to the first cell of the greatest row that is less than {@code row}; false if there is
     * none. An empty {@code row} means the end of the source.
     */
    boolean seekToPreviousRow(byte[] row);

    /**
     * The current cell, valid until the source is moved or closed; not to be called when the last
     * move answered false. The same object always.
     */
    CellView cell();

    @Override
    void close();
}
