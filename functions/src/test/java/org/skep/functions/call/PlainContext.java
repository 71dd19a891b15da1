package org.skep.functions.call;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.skep.base.concurrent.CancelFlag;
import org.skep.functions.api.EvalContext;

/** A context in which nothing is special and damage is only counted. */
public final class PlainContext implements EvalContext {
    private final Map<Damage, Long> damage = new EnumMap<>(Damage.class);
    private final Map<String, String> settings = new HashMap<>();
    private final CancelFlag cancelFlag = new CancelFlag();

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Instant queryInstant() {
        return Instant.EPOCH;
    }

    @Override
    public String user() {
        return "tester";
    }

    @Override
    public String database() {
        return "default";
    }

    @Override
    public String setting(String name) {
        return settings.get(name);
    }

    @Override
    public CancelFlag cancelFlag() {
        return cancelFlag;
    }

    @Override
    public void damage(Damage kind, long count) {
        damage.merge(kind, count, Long::sum);
    }

    /** How often a kind of damage was reported. */
    public long damageOf(Damage kind) {
        return damage.getOrDefault(kind, 0L);
    }
}
