package org.skep.engine.session;

import org.skep.engine.settings.SessionSettings;

/** What a session remembers from one statement to the next. Guarded by itself. */
public final class SessionState {
    private final String id;
    private final String user;
    private final SessionSettings settings;
    private String database;

    /** The state of a new session. */
    public SessionState(String id, String user, String database, SessionSettings settings) {
        this.id = id;
        this.user = user;
        this.database = database;
        this.settings = settings;
    }

    /** Unique in the process. */
    public String id() {
        return id;
    }

    /** The user's name. */
    public String user() {
        return user;
    }

    /** Settings and variables. */
    public SessionSettings settings() {
        return settings;
    }

    /** The current database. */
    public synchronized String database() {
        return database;
    }

    /** Makes another database the current one. */
    public synchronized void use(String name) {
        database = name;
    }
}
