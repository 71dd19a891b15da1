package org.skep.lsm.store.procedure;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.time.Clock;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.ProcedureRecord;

/**
 * Runs procedures, each on the thread of its caller, and keeps in meta which step is next: before
 * the first step, and after each. So whoever opens the store next can go on. What one needs that
 * could not go on is no other's until it has. Safe for use by many threads.
 */
public final class ProcedureExecutor {
    /**
     * A procedure that could not go on and is past the point at which it could be undone.
     *
     * @param reason the message of its last failure
     */
    public record Stuck(ProcedureRecord record, Procedure procedure, String reason) {}

    private final MetaTable meta;
    private final Clock clock;
    private final NamedLocks locks;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Stuck> stuck = new ConcurrentSkipListMap<>();

    /** An executor that begins with no procedures. */
    public ProcedureExecutor(MetaTable meta, Clock clock, NamedLocks locks) {
        this.meta = meta;
        this.clock = clock;
        this.locks = locks;
    }

    /**
     * Runs a procedure to its end; the caller holds its locks.
     *
     * @throws RuntimeException what a step threw; the procedure was undone then, or is {@link
     *     #stuck}
     */
    public void run(Procedure procedure) {
        requireSettled(procedure.locks());
        ProcedureRecord record =
                new ProcedureRecord(
                        lastId.incrementAndGet(),
                        procedure.kind(),
                        0,
                        procedure.payload(),
                        clock.now().toEpochMilli());
        meta.putProcedure(record);
        goOn(record, procedure);
    }

    /** Goes on with a procedure that meta has. */
    public void resume(ProcedureRecord record, Procedure procedure) {
        lastId.accumulateAndGet(record.id(), Math::max);
        locks.holding(
                procedure.locks(),
                () -> {
                    String before = blocker(procedure.locks(), record.id());
                    if (before != null) {
                        stuck.put(record.id(), new Stuck(record, procedure, before));
                        return;
                    }
                    goOn(record, procedure);
                });
    }

    /**
     * Returns if no procedure is stuck that needs any of these locks; the caller holds them.
     *
     * @throws SkepException CONFLICT
     */
    public void requireSettled(Set<String> names) {
        String before = blocker(names, Long.MAX_VALUE);
        if (before != null) {
            throw new SkepException(ErrorCode.CONFLICT, before);
        }
    }

    // In words, why nobody but earlier procedures may have these locks; null if nothing is.
    private String blocker(Set<String> names, long id) {
        for (Stuck waiting : stuck.values()) {
            if (waiting.record().id() < id
                    && !Collections.disjoint(names, waiting.procedure().locks())) {
                return "An earlier change must be ended first: %s: %s"
                        .formatted(waiting.procedure().describe(), waiting.reason());
            }
        }
        return null;
    }

    private void goOn(ProcedureRecord begun, Procedure procedure) {
        ProcedureRecord record = begun;
        if (begun.step() < procedure.binding()) {
            // It may have been undone, wholly or in part, so that what it closed took writes since.
            record = begun.at(0, procedure.payload());
        }
        List<Procedure.Step> steps = procedure.steps();
        try {
            while (record.step() < steps.size()) {
                Procedure.Step step = steps.get(record.step());
                String point = "procedure." + procedure.kind() + "." + step.name();
                Crash.point(point + ".begin");
                step.work().run();
                Crash.point(point + ".done");
                record = record.at(record.step() + 1, procedure.payload());
                if (record.step() < steps.size()) {
                    meta.putProcedure(record);
                } else {
                    meta.deleteProcedure(record.id());
                }
                Crash.point(point + ".kept");
            }
            stuck.remove(record.id());
        } catch (RuntimeException e) {
            if (record.step() < procedure.binding()) {
                takeBack(record, procedure, e);
            } else {
                stuck.put(record.id(), new Stuck(record, procedure, reason(e)));
            }
            throw e;
        }
    }

    private static String reason(RuntimeException failure) {
        return failure instanceof SkepException ? failure.getMessage() : failure.toString();
    }

    private void takeBack(ProcedureRecord record, Procedure procedure, RuntimeException reason) {
        try {
            procedure.undo();
            Crash.point("procedure." + procedure.kind() + ".undone");
            meta.deleteProcedure(record.id());
            stuck.remove(record.id());
        } catch (RuntimeException e) {
            stuck.put(record.id(), new Stuck(record, procedure, reason(reason)));
            reason.addSuppressed(e);
        }
    }

    /** The procedures that could not go on, by their numbers. */
    public SortedMap<Long, Stuck> stuck() {
        return new TreeMap<>(stuck);
    }

    /** The regions that nobody may serve before a stuck procedure has gone on. */
    public Set<RegionInfo> closed() {
        return stuck.values().stream()
                .filter(ProcedureExecutor::beforeLastStep)
                .flatMap(waiting -> waiting.procedure().closed().stream())
                .collect(Collectors.toSet());
    }

    private static boolean beforeLastStep(Stuck waiting) {
        return waiting.record().step() < waiting.procedure().steps().size() - 1;
    }

    /** Tries all that are stuck again; those that fail again stay. */
    public void retry() {
        stuck.keySet().forEach(this::retry);
    }

    /** Tries those again that are stuck and need any of these locks, of which none is held. */
    public void retry(Set<String> names) {
        stuck.forEach(
                (id, waiting) -> {
                    if (!Collections.disjoint(names, waiting.procedure().locks())) {
                        retry(id);
                    }
                });
    }

    private void retry(long id) {
        Stuck known = stuck.get(id);
        if (known != null) {
            try {
                locks.holding(
                        known.procedure().locks(),
                        () -> {
                            Stuck waiting = stuck.get(id);
                            if (waiting != null
                                    && blocker(waiting.procedure().locks(), id) == null) {
                                goOn(waiting.record(), waiting.procedure());
                            }
                        });
            } catch (RuntimeException e) {
                // It is still stuck, and says why.
            }
        }
    }
}
