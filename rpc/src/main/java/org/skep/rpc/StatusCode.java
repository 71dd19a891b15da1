package org.skep.rpc;

/** How a call ended, with the number on the wire. Immutable. */
public enum StatusCode {
    // On the wire by ordinal: never reorder.
    SUCCESS,
    SUCCESS_WITH_INFO,
    STILL_EXECUTING,
    ERROR,
    INVALID_HANDLE
}
