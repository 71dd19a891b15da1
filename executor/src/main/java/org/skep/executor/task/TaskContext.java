package org.skep.executor.task;

import java.util.Locale;
import org.skep.base.concurrent.CancelFlag;
import org.skep.functions.api.EvalContext;
import org.skep.plan.stage.QueryContext;

/**
 * What the operators of one task share. Confined to the task's thread, but for the services.
 *
 * @param attempt names this run of the task: letters, digits, {@code _} and {@code -}
 * @param task number of the task within its stage, from 0
 * @param tasks how many tasks the stage has
 * @param stop raised when the query is to stop, for whatever reason
 * @param eval the context of the task's expressions
 */
public record TaskContext(
        QueryContext query,
        Services services,
        String stage,
        String attempt,
        int task,
        int tasks,
        CancelFlag stop,
        EvalContext eval) {
    /** A context whose expressions count damage to {@code damage}. */
    public static TaskContext of(
            QueryContext query,
            Services services,
            String stage,
            int task,
            int tasks,
            CancelFlag stop,
            DamageCounts damage) {
        return of(query, services, stage, nameOf(stage, task), task, tasks, stop, damage);
    }

    /** A name for a task of a stage, of letters, digits and {@code _}. */
    public static String nameOf(String stage, int task) {
        return stage.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_") + "_" + task;
    }

    /** A context of one of several attempts at a task. */
    public static TaskContext of(
            QueryContext query,
            Services services,
            String stage,
            String attempt,
            int task,
            int tasks,
            CancelFlag stop,
            DamageCounts damage) {
        return new TaskContext(
                query,
                services,
                stage,
                attempt,
                task,
                tasks,
                stop,
                new TaskEvalContext(query, stop, damage));
    }

    /**
     * Ends the task if the query was stopped or its statement cancelled; called once a batch.
     *
     * @throws org.skep.base.error.SkepException CANCELLED
     */
    public void checkStopped() {
        if (services.cancelFlag().isCancelled()) {
            stop.cancel();
        }
        stop.check();
    }

    /** The most rows in a batch. */
    public int batchRows() {
        return query.batchRows();
    }

    /** Opens memory for an operator. */
    public OperatorMemory memoryOf(OperatorStatistics statistics) {
        return new OperatorMemory(services.memory(), statistics);
    }
}
