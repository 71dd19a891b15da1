package org.skep.functions.sql;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import org.skep.base.concurrent.CancelFlag;
import org.skep.functions.api.EvalContext;

/** A context in the zone in which the examples were recorded, which counts damage. */
public final class FixedContext implements EvalContext {
    private final Map<Damage, Long> damage = new EnumMap<>(Damage.class);
    private final CancelFlag cancelFlag = new CancelFlag();

    @Override
    public ZoneId zone() {
        return ZoneId.of("US/Pacific");
    }

    @Override
    public Instant queryInstant() {
        return Instant.parse("2020-05-17T17:11:12.123456789Z");
    }

    @Override
    public String user() {
        return "bee";
    }

    @Override
    public String database() {
        return "default";
    }

    @Override
    public String setting(String name) {
        return null;
    }

    @Override
    public CancelFlag cancelFlag() {
        return cancelFlag;
    }

    @Override
    public void damage(Damage kind, long count) {
        damage.merge(kind, count, Long::sum);
    }

    /** How many values were damaged that way. */
    public long damaged(Damage kind) {
        return damage.getOrDefault(kind, 0L);
    }
}
