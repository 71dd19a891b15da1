package org.skep.lsm.read;

import org.skep.lsm.cell.CellView;

/** Keeps track of columns and versions within a row. Confined to one thread. */
abstract class Columns {
    /** Begins a row. */
    abstract void startRow();

    /** Whether the row has no more wanted columns. */
    abstract boolean done();

    /** Whether a cell of this timestamp, and so all behind it in its column, are expired. */
    abstract boolean allExpired(long timestamp);

    /** INCLUDE if the column is wanted, else where to go on. */
    abstract Match checkColumn(CellView cell);

    /**
     * Counts a version.
     *
     * @param uncounted whether the cell is too new to be counted and always stays
     */
    abstract Match checkVersion(CellView cell, boolean uncounted);

    /** Tells that nothing more of the cell's column is wanted. */
    void leaveColumn(CellView cell) {}

    /** Leaves the cell's column: NEXT_COLUMN or NEXT_ROW. */
    abstract Match afterColumn(CellView cell);

    /** The next column wanted; null if that can be any. */
    byte[] nextColumn() {
        return null;
    }
}
