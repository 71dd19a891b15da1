package org.skep.lsm.schema;

/** What a store file's bloom filter is made of. Names are stored in files: never rename. */
public enum BloomType {
    /** No filter. */
    NONE,
    /** Rows. */
    ROW,
    /** Rows with qualifiers. */
    ROWCOL
}
