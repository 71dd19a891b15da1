package org.skep.rpc;

/** How a call ended, with the number on the wire. Immutable. */
public enum StatusCode {
    // On the wire: never renumber.
    //
    SUCCESS(0),
    SUCCESS_WITH_INFO(1),
    STILL_EXECUTING(2),
    ERROR(3),
    INVALID_HANDLE(4);

    private final int wireValue;

    StatusCode(int wireValue) {
        this.wireValue = wireValue;
    }

    /** The number on the wire. */
    public int wireValue() {
        return wireValue;
    }
}
