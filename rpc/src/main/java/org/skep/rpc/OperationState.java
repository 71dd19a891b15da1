package org.skep.rpc;

/** Where an operation is in its life. Immutable. */
public enum OperationState {
    // On the wire: never renumber.
    INITIALIZED(0),
    RUNNING(1),
    FINISHED(2),
    CANCELED(3),
    CLOSED(4),
    ERROR(5),
    UNKNOWN(6),
    PENDING(7),
    TIMED_OUT(8);

    private final int wireValue;

    OperationState(int wireValue) {
        this.wireValue = wireValue;
    }

    /** The number on the wire. */
    public int wireValue() {
        return wireValue;
    }

    /** Whether nothing more will happen, apart from fetching the result of a finished one. */
    public boolean isTerminal() {
        switch (this) {
            case FINISHED:
            case CANCELED:
            case CLOSED:
            case ERROR:
            case TIMED_OUT:
                return true;
            case INITIALIZED:
            case RUNNING:
            case UNKNOWN:
            case PENDING:
                return false;
        }
        throw new AssertionError(this);
    }
}
