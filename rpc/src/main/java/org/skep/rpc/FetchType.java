package org.skep.rpc;

/** What is fetched. On the wire by ordinal. Immutable. */
public enum FetchType {
    // Never reorder.
    RESULTS,
    /** Log lines: one string column, fetched while the operation runs. */
    LOG
}
