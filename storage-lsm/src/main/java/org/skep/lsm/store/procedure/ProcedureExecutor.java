package org.skep.lsm.store.procedure;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.time.Clock;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.ProcedureRecord;

/**
 * Runs procedures, each on the thread of its caller, and keeps in meta which step is next: before
 * the first step, and after each. So whoever opens the store next can go on. Safe for use by many
 * threads.
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
        locks.holding(procedure.locks(), () -> goOn(record, procedure));
    }

    private void goOn(ProcedureRecord begun, Procedure procedure) {
        ProcedureRecord record = begun;
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

    /** Tries all that are stuck again; those that fail again stay. */
    public void retry() {
        for (Stuck waiting : List.copyOf(stuck.values())) {
            try {
                locks.holding(
                        waiting.procedure().locks(),
                        () -> {
                            if (stuck.containsKey(waiting.record().id())) {
                                goOn(waiting.record(), waiting.procedure());
                            }
                        });
            } catch (RuntimeException e) {
                // It is still stuck, and says why.
            }
        }
    }
}
