package org.skep.rpc;

/** From where rows are fetched. Immutable. */
public enum FetchOrientation {
    // On the wire: never renumber.
    NEXT(0),
    PRIOR(1),
    RELATIVE(2),
    ABSOLUTE(3),
    /** From the first row again. */
    FIRST(4),
    LAST(5);

    private final int wireValue;

    FetchOrientation(int wireValue) {
        this.wireValue = wireValue;
    }

    /** The number on the wire. */
    public int wireValue() {
        return wireValue;
    }
}
