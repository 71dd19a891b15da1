package org.skep.engine.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.engine.catalog.TableName;
import org.skep.engine.settings.SessionSettings;

/** What a session remembers from one statement to the next. Guarded by itself. */
public final class SessionState {
    /** Begins the names of databases that hold temporary tables; they are never shown. */
    public static final String HIDDEN_PREFIX = "_skep_temporary_";

    private final String id;
    private final String user;
    private final SessionSettings settings;
    private final Map<TableName, TableName> temporary = new TreeMap<>();
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

    /** The name in the catalogue of a temporary table of this session that goes by {@code name}. */
    public synchronized Optional<TableName> temporaryTable(TableName name) {
        return Optional.ofNullable(temporary.get(name));
    }

    /** The names by which the session knows its temporary tables, sorted. */
    public synchronized List<TableName> temporaryTables() {
        return List.copyOf(temporary.keySet());
    }

    /**
     * The database in the catalogue that holds the temporary tables of one of the user's databases.
     */
    public TableName hidden(TableName name) {
        return new TableName(
                HIDDEN_PREFIX + id.replace('-', '_') + "_" + name.database(), name.table());
    }

    /** Lets a temporary table be found. */
    public synchronized void addTemporary(TableName name) {
        temporary.put(name, hidden(name));
    }

    /** Forgets a temporary table by its name in the catalogue. */
    public synchronized void removeTemporary(TableName hidden) {
        temporary.values().removeIf(hidden::equals);
    }

    /** Makes another database the current one. */
    public synchronized void use(String name) {
        database = name;
    }
}
