package org.skep.functions.api;

import java.time.Instant;
import java.time.ZoneId;
import org.skep.base.concurrent.CancelFlag;

/** A context with another time zone. As confined as the one behind it. */
record ZonedContext(EvalContext context, ZoneId zone) implements EvalContext {
    @Override
    public Instant queryInstant() {
        return context.queryInstant();
    }

    @Override
    public String user() {
        return context.user();
    }

    @Override
    public String database() {
        return context.database();
    }

    @Override
    public String setting(String name) {
        return context.setting(name);
    }

    @Override
    public CancelFlag cancelFlag() {
        return context.cancelFlag();
    }

    @Override
    public void damage(Damage kind, long count) {
        context.damage(kind, count);
    }
}
