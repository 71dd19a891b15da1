package org.skep.rpc;

import java.util.Objects;
import java.util.UUID;

/**
 * What names a session or an operation: a public part for logs and a secret part that only the
 * client who opened it knows. Each is 16 bytes on the wire. Immutable.
 */
public final class HandleIdentifier {
    private final UUID id;
    private final UUID secret;

    /** An identifier of these parts. */
    public HandleIdentifier(UUID id, UUID secret) {
        this.id = Objects.requireNonNull(id, "id");
        this.secret = Objects.requireNonNull(secret, "secret");
    }

    /** A new identifier that nobody can guess. */
    public static HandleIdentifier random() {
        return new HandleIdentifier(UUID.randomUUID(), UUID.randomUUID());
    }

    /** The public part. */
    public UUID id() {
        return id;
    }

    /** The secret part; never to be logged. */
    public UUID secret() {
        return secret;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HandleIdentifier
                && id.equals(((HandleIdentifier) other).id)
                && secret.equals(((HandleIdentifier) other).secret);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
