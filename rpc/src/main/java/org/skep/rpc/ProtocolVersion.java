package org.skep.rpc;

/** Versions of the protocol. On the wire by ordinal. Immutable. */
public enum ProtocolVersion {
    // Never reorder.
    V1,
    V2,
    V3,
    V4,
    V5,
    /** The first with results by column. */
    V6,
    V7,
    V8,
    V9,
    V10,
    V11;

    /** The newest. */
    public static ProtocolVersion latest() {
        return V11;
    }

    /** What two sides agree on: the older of both. */
    public ProtocolVersion agreedWith(ProtocolVersion other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
