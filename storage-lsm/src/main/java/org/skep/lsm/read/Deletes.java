package org.skep.lsm.read;

import org.skep.lsm.cell.CellView;

/** Keeps track of the markers of a row. Confined to one thread. */
interface Deletes {
    /** Whether a cell is deleted. */
    enum Verdict {
        VISIBLE,
        /** This cell only. */
        DELETED,
        /** This cell and all behind it in its column. */
        REST_OF_COLUMN_DELETED
    }

    /** Begins a row. */
    void startRow();

    /** Takes note of a marker. */
    void add(CellView marker);

    /** Whether it is certain that no marker was noted in this row. */
    default boolean isEmpty() {
        return false;
    }

    /** Whether puts with a time to live of their own are judged when it has passed, too. */
    default boolean judgesExpired() {
        return false;
    }

    /** Judges a put. */
    Verdict check(CellView put);
}
