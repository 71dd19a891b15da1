package org.skep.rpc;

/** What is fetched. Immutable. */
public enum FetchType {
    // On the wire: never renumber.
    RESULTS(0),
    /** Log lines: one string column, fetched while the operation runs. */
    LOG(1);

    private final int wireValue;

    FetchType(int wireValue) {
        this.wireValue = wireValue;
    }

    /** The number on the wire. */
    public int wireValue() {
        return wireValue;
    }
}
