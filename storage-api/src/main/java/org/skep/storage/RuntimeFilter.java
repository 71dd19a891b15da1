package org.skep.storage;

/**
 * Conditions that become known while a scan runs, such as the keys of a join's build side. A reader
 * asks before each row group or file. Safe for use by many threads.
 */
public interface RuntimeFilter {
    /** A filter that never has anything to say. */
    RuntimeFilter NONE = column -> null;

    /** The range known now for the scan's column at this index, or null. */
    ColumnRange range(int column);
}
