package org.skep.executor.dag;

import java.util.List;
import java.util.Map;
import org.skep.executor.task.OperatorStatistics;
import org.skep.functions.api.EvalContext;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;

/**
 * A running query, and its result. One thread pulls and closes. Closing before the end stops the
 * tasks.
 */
public interface DagRun extends AutoCloseable {
    /** The types of the result's columns; none if the query only writes. */
    List<DataType> types();

    /**
     * The next batch of the result, or null at its end; then the query has ended, and its files and
     * statistics are complete. The batch's vectors are not used again.
     *
     * @throws org.skep.base.error.SkepException the first failure of a task, or CANCELLED
     */
    ColumnBatch next();

    /** Runs the query to its end without looking at the result; for queries that only write. */
    default void await() {
        ColumnBatch batch = next();
        while (batch != null) {
            batch = next();
        }
    }

    /**
     * The files that accepted attempts of tasks wrote, by the id of their target; complete at the
     * end.
     */
    Map<Integer, List<WrittenFile>> writtenFiles();

    /** What the operators did, by stages in their order and by index within each. */
    List<OperatorStatistics> statistics();

    /** How many values were damaged, by kind. */
    Map<EvalContext.Damage, Long> damage();

    /** How many tasks a stage has. */
    int tasksOf(String stage);

    @Override
    void close();
}
