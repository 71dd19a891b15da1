package org.skep.rpc;

/** Where an operation is in its life. On the wire by ordinal. Immutable. */
public enum OperationState {
    // Never reorder.
    INITIALIZED,
    RUNNING,
    FINISHED,
    CANCELED,
    CLOSED,
    ERROR,
    UNKNOWN,
    PENDING,
    TIMED_OUT;

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
