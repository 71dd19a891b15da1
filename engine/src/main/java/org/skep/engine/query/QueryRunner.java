package org.skep.engine.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.base.memory.MemoryPool;
import org.skep.engine.scan.SplitPlanner;
import org.skep.engine.session.EngineServices;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SettingKeys;
import org.skep.executor.dag.DagRun;
import org.skep.executor.dag.DagRunner;
import org.skep.executor.local.LocalRunner;
import org.skep.executor.task.Services;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.planner.PlannedQuery;
import org.skep.planner.Planner;

/** Plans and runs the queries of one statement. Confined to the statement's thread. */
public final class QueryRunner {
    // So little that everything that can be put on disk is.
    private static final long FORCED_SPILL_BYTES = 8L << 20;

    private final StatementContext context;

    /** A runner for a statement. */
    public QueryRunner(StatementContext context) {
        this.context = context;
    }

    /** A new planner; each query, or group of queries that are written together, takes one. */
    public Planner planner() {
        return new Planner(new StatementPlanEnvironment(context), context.session().database());
    }

    /** Begins to run a planned query; whoever gets it closes it. */
    public RunningQuery run(PlannedQuery planned) {
        EngineServices services = context.services();
        long limit = memoryLimit();
        MemoryPool memory = services.memory().child("statement " + context.queryId(), limit);
        SplitPlanner splits = new SplitPlanner(context);
        try {
            Map<Integer, List<ScanSplit>> byScan = new HashMap<>();
            planned.scans().forEach(scan -> byScan.put(scan.scanId(), splits.splits(scan)));
            Services taskServices =
                    new Services(
                            services.functions(),
                            services.formats(),
                            services.fileSystems(),
                            memory,
                            context.cancelFlag(),
                            services.clock());
            DagRun run = runner().run(planned.graph(), queryContext(limit), byScan, taskServices);
            return new RunningQuery(context, planned, run, splits);
        } catch (RuntimeException e) {
            splits.close();
            throw e;
        }
    }

    private DagRunner runner() {
        String engine = context.settings().get(SettingKeys.EXECUTION_ENGINE);
        return context.services().engines().runner(engine).orElseGet(this::threads);
    }

    private DagRunner threads() {
        LocalRunner runner = LocalRunner.on(context.services().tasks(), threads(context));
        return context.settings().get(SettingKeys.FRAGMENTS_AS_BYTES)
                ? runner.throughBytes()
                : runner;
    }

    /** How many tasks of a statement run side by side. */
    static int threads(StatementContext context) {
        long wanted = context.settings().get(SettingKeys.THREADS);
        return wanted <= 0
                ? context.services().threads()
                : (int) Math.min(wanted, context.services().threads() * 4L);
    }

    private long memoryLimit() {
        if (context.settings().get(SettingKeys.FORCED_SPILL)) {
            return FORCED_SPILL_BYTES;
        }
        long wanted = context.settings().get(SettingKeys.QUERY_MEMORY);
        long whole = context.services().memory().limit();
        return wanted <= 0 ? whole : Math.min(wanted, whole);
    }

    private QueryContext queryContext(long memoryLimit) {
        return new QueryContext(
                context.queryId(),
                context.session().user(),
                context.session().database(),
                context.zone().getId(),
                ChronoUnit.MICROS.between(Instant.EPOCH, context.instant()),
                context.settings().changed(),
                memoryLimit,
                context.services().scratch().resolve(context.queryId()).toString(),
                (int) Math.max(1, context.settings().get(SettingKeys.BATCH_ROWS)),
                context.settings().get(SettingKeys.STRICT_DAMAGE));
    }
}
