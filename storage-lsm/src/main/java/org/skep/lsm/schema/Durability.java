package org.skep.lsm.schema;

/** What an acknowledged write survives. Names are stored: never rename. */
public enum Durability {
    /** What the table says, or FSYNC_WAL if it says nothing. */
    USE_DEFAULT,
    /** Not logged: lost when the process ends before a flush. */
    SKIP_WAL,
    /** Logged soon: the last moments may be lost when the process ends. */
    ASYNC_WAL,
    /** Handed to the operating system: survives the end of the process, not a power cut. */
    SYNC_WAL,
    /** On the disk: survives a power cut. */
    FSYNC_WAL
}
