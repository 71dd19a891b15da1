package org.skep.engine.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.engine.catalog.TableName;
import org.skep.engine.settings.SessionSettings;
import org.skep.parser.ast.FunctionStatement;

/** What a session remembers from one statement to the next. Guarded by itself. */
public final class SessionState {
    /** Begins the names of databases that hold temporary tables; they are never shown. */
    public static final String HIDDEN_PREFIX = "_skep_temporary_";

    private final String id;
    private final String user;
    private final SessionSettings settings;
    private final Map<TableName, TableName> temporary = new TreeMap<>();
    private final Map<String, FunctionStatement.CreateMacro> macros = new TreeMap<>();
    private final Map<String, String> prepared = new TreeMap<>();
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

    /** A macro; names of functions are in lower case. */
    public synchronized Optional<FunctionStatement.CreateMacro> macro(String name) {
        return Optional.ofNullable(macros.get(name));
    }

    /** The names of all macros, sorted. */
    public synchronized List<String> macroNames() {
        return List.copyOf(macros.keySet());
    }

    /** Adds a macro or replaces it. */
    public synchronized void addMacro(FunctionStatement.CreateMacro macro) {
        macros.put(macro.name().toString(), macro);
    }

    /** Removes a macro; answers whether there was one. */
    public synchronized boolean removeMacro(String name) {
        return macros.remove(name) != null;
    }

    /** The text of a prepared statement; names are in lower case. */
    public synchronized Optional<String> prepared(String name) {
        return Optional.ofNullable(prepared.get(name));
    }

    /** Keeps the text of a prepared statement; answers whether the name was free. */
    public synchronized boolean prepare(String name, String text) {
        return prepared.putIfAbsent(name, text) == null;
    }

    /** Makes another database the current one. */
    public synchronized void use(String name) {
        database = name;
    }
}
