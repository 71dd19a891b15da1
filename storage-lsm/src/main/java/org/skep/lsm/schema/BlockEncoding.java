package org.skep.lsm.schema;

/**
 * How the cells of a block are laid out. The codes are HBase's, stored in blocks: never renumber.
 * Files are written with NONE and ROW_INDEX_V1; all can be read.
 */
public enum BlockEncoding {
    /** One cell after the other; a row is found by reading from the block's start. */
    NONE(0),
    /** Keys without what they share with the key before. Read only. */
    PREFIX(2),
    /** Cells as differences from the one before. Read only. */
    DIFF(3),
    /** Like DIFF, with less work for each cell. Read only. */
    FAST_DIFF(4),
    /** As NONE, and behind the cells where each row begins: a row is found by binary search. */
    ROW_INDEX_V1(7);

    private final int code;

    BlockEncoding(int code) {
        this.code = code;
    }

    /** The number on disk. */
    public int code() {
        return code;
    }
}
