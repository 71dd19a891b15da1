package org.skep.lsm.schema;

/**
 * How the cells of a block are laid out. The codes are HBase's, stored in blocks: never renumber.
 */
public enum BlockEncoding {
    NONE(0),
    PREFIX(2),
    DIFF(3),
    FAST_DIFF(4),
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
