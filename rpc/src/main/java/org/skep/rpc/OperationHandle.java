package org.skep.rpc;

import java.util.Objects;

/** Names an operation. Two handles are equal when their identifiers are. Immutable. */
public final class OperationHandle {
    private final HandleIdentifier identifier;
    private final OperationType type;
    private final boolean hasResultSet;

    /**
     * The handle of an operation.
     *
     * @param hasResultSet whether it has a result, as far as known when the handle was made; an
     *     asynchronous statement that is not compiled yet says it in its status
     */
    public OperationHandle(HandleIdentifier identifier, OperationType type, boolean hasResultSet) {
        this.identifier = Objects.requireNonNull(identifier, "identifier");
        this.type = Objects.requireNonNull(type, "type");
        this.hasResultSet = hasResultSet;
    }

    /** What names the operation. */
    public HandleIdentifier identifier() {
        return identifier;
    }

    /** What the operation does. */
    public OperationType type() {
        return type;
    }

    /** Whether it has a result, as far as known when the handle was made. */
    public boolean hasResultSet() {
        return hasResultSet;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperationHandle
                && identifier.equals(((OperationHandle) other).identifier);
    }

    @Override
    public int hashCode() {
        return identifier.hashCode();
    }

    @Override
    public String toString() {
        return "operation " + identifier;
    }
}
