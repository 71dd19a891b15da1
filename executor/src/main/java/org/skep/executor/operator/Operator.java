package org.skep.executor.operator;

import org.skep.executor.task.OperatorStatistics;
import org.skep.types.vector.ColumnBatch;

/**
 * A running node of the plan: batches are pulled from it, and it pulls from its inputs. A batch is
 * valid until the next pull. Confined to one thread at a time; closing closes the inputs, and may
 * happen at any time.
 */
public abstract class Operator implements AutoCloseable {
    private final OperatorStatistics statistics;

    /** An operator that counts to {@code statistics}. */
    protected Operator(OperatorStatistics statistics) {
        this.statistics = statistics;
    }

    /** The next batch, which has rows, or null at the end; then null for ever. */
    public final ColumnBatch next() {
        long start = System.nanoTime();
        ColumnBatch batch = pull();
        long time = System.nanoTime() - start;
        if (batch == null) {
            statistics.addTime(time);
        } else {
            statistics.addBatch(batch.rowCount(), time);
        }
        return batch;
    }

    /** Makes the next batch. */
    protected abstract ColumnBatch pull();

    /** What this operator did. */
    public final OperatorStatistics statistics() {
        return statistics;
    }

    @Override
    public abstract void close();
}
