package org.skep.lsm.operation;

/** Which writes a reader sees. */
public enum Isolation {
    /** Those that were complete when it began. */
    READ_COMMITTED,
    /** All that are in the store, also of rows half written. */
    READ_UNCOMMITTED
}
