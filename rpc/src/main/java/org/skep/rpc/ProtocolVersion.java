package org.skep.rpc;

/** Versions of the protocol. Immutable. */
public enum ProtocolVersion {
    // On the wire: never renumber.
    V1(0),
    V2(1),
    V3(2),
    V4(3),
    V5(4),
    /** The first with results by column. */
    V6(5),
    V7(6),
    V8(7),
    V9(8),
    V10(9),
    V11(10);

    private final int wireValue;

    ProtocolVersion(int wireValue) {
        this.wireValue = wireValue;
    }

    /** The number on the wire. */
    public int wireValue() {
        return wireValue;
    }

    /** The newest. */
    public static ProtocolVersion latest() {
        return V11;
    }

    /** What two sides agree on: the older of both. */
    public ProtocolVersion agreedWith(ProtocolVersion other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
