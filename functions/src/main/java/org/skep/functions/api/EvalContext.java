package org.skep.functions.api;

import java.time.Instant;
import java.time.ZoneId;
import org.skep.base.concurrent.CancelFlag;

/**
 * What an expression may know of the statement that it is part of. One a task; confined to the
 * task's thread.
 *
 * <p>It also counts damage: values that were turned into NULL, cut or wrapped, as Hive does
 * silently. In strict mode the first damage fails the statement.
 */
public interface EvalContext {
    /** Kinds of damage to values. */
    enum Damage {
        /** A text or number became NULL because the target type cannot hold it. */
        TURNED_NULL,
        /** Characters or digits were cut off. */
        TRUNCATED,
        /** An integer wrapped around. */
        WRAPPED
    }

    /** The session's time zone. */
    ZoneId zone();

    /** The one instant that is "now" for the whole statement. */
    Instant queryInstant();

    /** The user who runs the statement. */
    String user();

    /** The current database. */
    String database();

    /** A setting of the session that changes results, or null if it is not set. */
    String setting(String name);

    /** Up when the statement is to stop; loops that may run long check it. */
    CancelFlag cancelFlag();

    /**
     * Counts damaged values.
     *
     * @throws org.skep.base.error.SkepException STRICT_DAMAGE in strict mode
     */
    void damage(Damage kind, long count);

    /** The same in another time zone. */
    default EvalContext in(ZoneId other) {
        return new ZonedContext(this, other);
    }
}
