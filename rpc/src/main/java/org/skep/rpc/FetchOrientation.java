package org.skep.rpc;

/** From where rows are fetched. On the wire by ordinal. Immutable. */
public enum FetchOrientation {
    // Never reorder.
    NEXT,
    PRIOR,
    RELATIVE,
    ABSOLUTE,
    /** From the first row again. */
    FIRST,
    LAST
}
