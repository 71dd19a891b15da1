package org.skep.server;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.skep.base.error.SkepException;
import org.skep.engine.Session;
import org.skep.engine.StatementRun;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.SessionHandle;
import org.skep.rpc.StatementRequest;

/** A client's session and its open operations. Safe for use by many threads. */
final class ServiceSession {
    private final SessionHandle handle;
    private final Session session;
    private final ErrorWording wording;
    private final Set<Operation> operations = ConcurrentHashMap.newKeySet();

    ServiceSession(SessionHandle handle, Session session, ErrorWording wording) {
        this.handle = handle;
        this.session = session;
        this.wording = wording;
    }

    SessionHandle handle() {
        return handle;
    }

    Session engineSession() {
        return session;
    }

    ErrorWording wording() {
        return wording;
    }

    Set<Operation> operations() {
        return operations;
    }

    /** Begins a statement; settings of its own hold while it takes its copy of the session's. */
    StatementRun begin(StatementRequest request) throws HiveServiceException {
        try {
            return request.settings().isEmpty()
                    ? session.begin(request.sql())
                    : beginWith(request.settings(), request.sql());
        } catch (SkepException e) {
            throw wording.failure(e, request.sql());
        }
    }

    private synchronized StatementRun beginWith(Map<String, String> overrides, String sql) {
        Map<String, Optional<String>> before = new ConcurrentHashMap<>();
        try {
            overrides.forEach(
                    (name, value) -> {
                        before.put(name, session.setting(name));
                        session.set(name, value);
                    });
            return session.begin(sql);
        } finally {
            before.forEach((name, value) -> session.set(name, value.orElse("")));
        }
    }

    void close() {
        operations.forEach(Operation::cancel);
        operations.forEach(Operation::close);
        operations.clear();
        session.close();
    }
}
