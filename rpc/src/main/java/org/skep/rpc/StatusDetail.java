package org.skep.rpc;

/** How much a status call shall say. Immutable. */
public enum StatusDetail {
    /** The state alone. */
    STATE,
    /** The state and the progress of the query. */
    PROGRESS
}
