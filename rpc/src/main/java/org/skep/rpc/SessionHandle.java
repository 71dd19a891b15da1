package org.skep.rpc;

import java.util.Objects;

/** Names an open session. Immutable. */
public final class SessionHandle {
    private final HandleIdentifier identifier;

    /** The handle with that identifier. */
    public SessionHandle(HandleIdentifier identifier) {
        this.identifier = Objects.requireNonNull(identifier, "identifier");
    }

    /** What names the session. */
    public HandleIdentifier identifier() {
        return identifier;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionHandle
                && identifier.equals(((SessionHandle) other).identifier);
    }

    @Override
    public int hashCode() {
        return identifier.hashCode();
    }

    @Override
    public String toString() {
        return "session " + identifier;
    }
}
