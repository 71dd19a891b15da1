package org.skep.rpc;

import java.util.Map;
import java.util.Objects;

/** An opened session. Immutable. */
public final class OpenSessionResponse {
    private final SessionHandle session;
    private final ProtocolVersion protocol;
    private final Map<String, String> configuration;

    /** The answer to a request. */
    public OpenSessionResponse(
            SessionHandle session, ProtocolVersion protocol, Map<String, String> configuration) {
        this.session = Objects.requireNonNull(session, "session");
        this.protocol = Objects.requireNonNull(protocol, "protocol");
        this.configuration = Map.copyOf(configuration);
    }

    /** The session. */
    public SessionHandle session() {
        return session;
    }

    /** The version both sides speak. */
    public ProtocolVersion protocol() {
        return protocol;
    }

    /** Settings of the service that clients want to know, such as the default fetch size. */
    public Map<String, String> configuration() {
        return configuration;
    }
}
