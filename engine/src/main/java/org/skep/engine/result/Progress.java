package org.skep.engine.result;

/**
 * How far a statement is. Immutable.
 *
 * @param tasksDone tasks that ended
 * @param tasksTotal tasks that are known so far
 * @param elapsedMillis since the statement began
 */
public record Progress(State state, int tasksDone, int tasksTotal, long elapsedMillis) {
    /** Where in its life a statement is. */
    public enum State {
        PENDING,
        COMPILING,
        RUNNING,
        FINISHED,
        FAILED,
        CANCELLED
    }
}
