package org.skep.lsm.read;

/** What became of a step to the next column of a row. */
enum ColumnStep {
    /** The current cell is a visible put, without tags, of a later column. */
    MOVED,
    /** The current cell is behind all cells of its column; nothing else is known of it. */
    LEFT,
    /** Nothing was moved. */
    STAYED
}
