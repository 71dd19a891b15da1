package org.skep.engine;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.metadata.CatalogueMetadata;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.EngineServices;
import org.skep.engine.session.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user's conversation with a warehouse: current database, settings and variables. Statements may
 * run side by side. Safe for use by many threads.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Session.class);

    private final EngineServices services;
    private final SessionState state;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<StatementRun> running = ConcurrentHashMap.newKeySet();
    private final Consumer<Session> whenClosed;

    Session(EngineServices services, SessionState state, Consumer<Session> whenClosed) {
        this.services = services;
        this.state = state;
        this.whenClosed = whenClosed;
    }

    /** Unique in the process. */
    public String id() {
        return state.id();
    }

    /** The user's name. */
    public String user() {
        return state.user();
    }

    /** The current database. */
    public String database() {
        return state.database();
    }

    /**
     * A setting's value: what was set, or the declared default; empty for one that nobody knows.
     */
    public Optional<String> setting(String name) {
        return state.settings().find(name);
    }

    /**
     * Sets a setting, or a variable if the name begins with {@code hivevar:}.
     *
     * @throws SkepException INVALID_OPTION
     */
    public void set(String name, String value) {
        state.settings().set(name, value);
    }

    /** Answers metadata calls. */
    public CatalogueMetadata metadata() {
        return new CatalogueMetadata(services.catalogue(), services.functions());
    }

    /**
     * Begins one statement, with or without a semicolon at its end; nothing happens before {@link
     * StatementRun#execute}.
     *
     * @throws SkepException SEMANTIC_ERROR if variables never end, CANCELLED if the session is
     *     closed
     */
    public StatementRun begin(String sql) {
        if (closed.get()) {
            throw new SkepException(ErrorCode.CANCELLED, "Session is closed: " + state.id());
        }
        return StatementRun.of(services, state, sql, running);
    }

    /**
     * Runs one statement and returns once it is done or its first rows are on their way.
     *
     * @throws SkepException with the code of what went wrong; the session stays usable
     */
    public StatementResult execute(String sql) {
        return begin(sql).execute();
    }

    /** Asks all statements that run to stop. */
    public void cancel() {
        running.forEach(StatementRun::cancel);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            cancel();
            dropTemporaryTables();
            whenClosed.accept(this);
        }
    }

    private void dropTemporaryTables() {
        if (state.temporaryTables().isEmpty()) {
            return;
        }
        try {
            TemporaryTables.drop(
                    services,
                    name ->
                            state.temporaryTables().stream()
                                    .anyMatch(
                                            table -> state.hidden(table).database().equals(name)));
        } catch (SkepException e) {
            // The next opening of the warehouse does it.
            LOGGER.warn("Temporary tables of {} stay: {}", id(), e.getMessage());
        }
    }
}
