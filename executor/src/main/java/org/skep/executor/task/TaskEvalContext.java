package org.skep.executor.task;

import java.time.Instant;
import java.time.ZoneId;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.EvalContext;
import org.skep.plan.stage.QueryContext;

/** The evaluation context of a task's expressions. Confined to one thread. */
final class TaskEvalContext implements EvalContext {
    private final QueryContext query;
    private final ZoneId zone;
    private final Instant instant;
    private final CancelFlag cancelFlag;
    private final DamageCounts damage;

    TaskEvalContext(QueryContext query, CancelFlag cancelFlag, DamageCounts damage) {
        this.query = query;
        this.cancelFlag = cancelFlag;
        this.damage = damage;
        zone = ZoneId.of(query.zone());
        instant =
                Instant.ofEpochSecond(
                        Math.floorDiv(query.instantMicros(), 1_000_000L),
                        Math.floorMod(query.instantMicros(), 1_000_000L) * 1_000);
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public Instant queryInstant() {
        return instant;
    }

    @Override
    public String user() {
        return query.user();
    }

    @Override
    public String database() {
        return query.database();
    }

    @Override
    public String setting(String name) {
        return query.settings().get(name);
    }

    @Override
    public CancelFlag cancelFlag() {
        return cancelFlag;
    }

    @Override
    public void damage(Damage kind, long count) {
        if (count <= 0) {
            return;
        }
        if (query.strict()) {
            throw new SkepException(
                    ErrorCode.STRICT_DAMAGE,
                    "Values must fit their types in strict mode: %s"
                            .formatted(
                                    switch (kind) {
                                        case TURNED_NULL -> "a value would become NULL";
                                        case TRUNCATED -> "a value would be cut";
                                        case WRAPPED -> "a number would wrap around";
                                    }));
        }
        damage.add(kind, count);
    }
}
