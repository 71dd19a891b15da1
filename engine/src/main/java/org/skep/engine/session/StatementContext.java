package org.skep.engine.session;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.base.concurrent.CancelFlag;
import org.skep.engine.catalog.CatalogueView;
import org.skep.engine.publish.ReadMark;
import org.skep.engine.settings.SessionSettings;

/**
 * One statement: its text, its moment, and the settings and catalogue as they were when it began.
 * The catalogue is not touched before {@link #catalogue} is called. Confined to the statement's
 * thread, but for the cancel flag, the progress and the warnings.
 */
public final class StatementContext implements AutoCloseable {
    private final EngineServices services;
    private final SessionState session;
    private final SessionSettings settings;
    private final String queryId;
    private final String text;
    private final Instant instant;
    private final CancelFlag cancelFlag;
    private final List<String> warnings = new ArrayList<>();
    private final AtomicInteger tasksDone = new AtomicInteger();
    private final AtomicInteger tasksTotal = new AtomicInteger();
    private CatalogueView catalogue;
    private ReadMark mark;

    /** The context of a statement that begins now. */
    public StatementContext(
            EngineServices services,
            SessionState session,
            String queryId,
            String text,
            CancelFlag cancelFlag) {
        this.services = services;
        this.session = session;
        this.settings = session.settings().copy();
        this.queryId = queryId;
        this.text = text;
        this.instant = services.clock().now();
        this.cancelFlag = cancelFlag;
    }

    /** What the warehouse lends. */
    public EngineServices services() {
        return services;
    }

    /** The session, whose state the statement may change. */
    public SessionState session() {
        return session;
    }

    /** The settings when the statement began. */
    public SessionSettings settings() {
        return settings;
    }

    /** Unique in the warehouse. */
    public String queryId() {
        return queryId;
    }

    /** The statement as it was parsed, variables replaced. */
    public String text() {
        return text;
    }

    /** The one "now" of the statement. */
    public Instant instant() {
        return instant;
    }

    /** The session's time zone. */
    public ZoneId zone() {
        return settings.zone();
    }

    /** Up when the statement is to stop. */
    public CancelFlag cancelFlag() {
        return cancelFlag;
    }

    /** The catalogue as this statement sees it. */
    public CatalogueView catalogue() {
        if (catalogue == null) {
            // Set before anything is read, so that the files of all that is read stay.
            mark = services.publisher().mark();
            catalogue =
                    new CatalogueView(
                            services.catalogue(), session.database(), session::temporaryTable);
        }
        return catalogue;
    }

    /** Makes the statement see the catalogue as it is now. */
    public void forgetCatalogue() {
        close();
    }

    /** Lets go of the catalogue; snapshots that were taken stay. */
    @Override
    public void close() {
        catalogue = null;
        if (mark != null) {
            mark.close();
            mark = null;
        }
    }

    /** Tells the user something once the statement ends. */
    public void warn(String message) {
        synchronized (warnings) {
            warnings.add(message);
        }
    }

    /** What the user is to be told. */
    public List<String> warnings() {
        synchronized (warnings) {
            return List.copyOf(warnings);
        }
    }

    /** Tasks that ended. */
    public AtomicInteger tasksDone() {
        return tasksDone;
    }

    /** Tasks that are known. */
    public AtomicInteger tasksTotal() {
        return tasksTotal;
    }
}
