package org.skep.engine.session;

import java.time.Instant;
import java.time.ZoneId;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.settings.SettingKeys;
import org.skep.functions.api.EvalContext;

/** What constants of a statement are folded with. Confined to the statement's thread. */
public final class StatementEvaluation implements EvalContext {
    private final StatementContext context;
    private final boolean strict;

    /** The evaluation of a statement's constants. */
    public StatementEvaluation(StatementContext context) {
        this.context = context;
        this.strict = context.settings().get(SettingKeys.STRICT_DAMAGE);
    }

    @Override
    public ZoneId zone() {
        return context.zone();
    }

    @Override
    public Instant queryInstant() {
        return context.instant();
    }

    @Override
    public String user() {
        return context.session().user();
    }

    @Override
    public String database() {
        return context.session().database();
    }

    @Override
    public String setting(String name) {
        return context.settings().find(name).orElse(null);
    }

    @Override
    public CancelFlag cancelFlag() {
        return context.cancelFlag();
    }

    @Override
    public void damage(Damage kind, long count) {
        if (strict && count > 0) {
            throw new SkepException(
                    ErrorCode.STRICT_DAMAGE, "Value must be kept in strict mode: " + kind);
        }
    }
}
