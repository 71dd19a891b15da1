package org.skep.lsm.read;

/** What becomes of a cell, and what is read next. */
enum Match {
    /** The cell is seen. */
    INCLUDE,
    /** The cell is seen, the rest of its column is not. */
    INCLUDE_AND_NEXT_COLUMN,
    /** The cell is seen, the rest of its row is not. */
    INCLUDE_AND_NEXT_ROW,
    /** The cell is hidden. */
    SKIP,
    /** The cell and the rest of its column are hidden. */
    NEXT_COLUMN,
    /** The cell and the rest of its row are hidden. */
    NEXT_ROW,
    /** The cell is hidden, and all before the filter's hint. */
    SEEK_HINT,
    /** The cell is of another row. */
    OTHER_ROW,
    /** Nothing more is wanted. */
    DONE
}
