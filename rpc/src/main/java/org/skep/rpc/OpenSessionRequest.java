package org.skep.rpc;

import java.util.Map;
import java.util.Objects;

/** Asks for a session. Immutable; {@link SessionKeys} names the keys of the configuration. */
public final class OpenSessionRequest {
    private final ProtocolVersion clientProtocol;
    private final String user;
    private final String password;
    private final Map<String, String> configuration;

    /** A request; {@code user} and {@code password} may be empty, never null. */
    public OpenSessionRequest(
            ProtocolVersion clientProtocol,
            String user,
            String password,
            Map<String, String> configuration) {
        this.clientProtocol = Objects.requireNonNull(clientProtocol, "clientProtocol");
        this.user = Objects.requireNonNull(user, "user");
        this.password = Objects.requireNonNull(password, "password");
        this.configuration = Map.copyOf(configuration);
    }

    /** The newest version that the client speaks. */
    public ProtocolVersion clientProtocol() {
        return clientProtocol;
    }

    /** Who; empty if not said. */
    public String user() {
        return user;
    }

    /** The password; empty if not said. Never to be logged. */
    public String password() {
        return password;
    }

    /** Settings, see {@link SessionKeys}. */
    public Map<String, String> configuration() {
        return configuration;
    }
}
