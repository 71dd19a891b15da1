package org.skep.lsm.schema;

/** Whether deleted cells survive compactions. Names are stored: never rename. */
public enum KeepDeletedCells {
    /** They go. */
    FALSE,
    /** They stay, and reads of the past see them. */
    TRUE,
    /** They stay until the time to live of the marker has passed. */
    TTL
}
