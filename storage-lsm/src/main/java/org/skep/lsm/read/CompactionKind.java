package org.skep.lsm.read;

/** What a rewriting of cells may drop. */
public enum CompactionKind {
    /** A flush, or a compaction of a part of the files: markers stay. */
    RETAIN_DELETES,
    /** A compaction of all files: markers go. */
    DROP_DELETES
}
