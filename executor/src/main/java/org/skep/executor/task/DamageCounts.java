package org.skep.executor.task;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.skep.functions.api.EvalContext.Damage;

/** Counts damaged values of a query. Safe for use by many threads. */
public final class DamageCounts {
    private final Map<Damage, LongAdder> counts = new EnumMap<>(Damage.class);

    /** All counts at 0. */
    public DamageCounts() {
        for (Damage kind : Damage.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    /** Adds to a count. */
    public void add(Damage kind, long count) {
        counts.get(kind).add(count);
    }

    /** The counts that are not 0. */
    public Map<Damage, Long> toMap() {
        Map<Damage, Long> map = new EnumMap<>(Damage.class);
        counts.forEach(
                (kind, count) -> {
                    if (count.sum() > 0) {
                        map.put(kind, count.sum());
                    }
                });
        return map;
    }
}
