package org.skep.executor.operator;

import org.skep.executor.task.OperatorStatistics;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.Selection;

/**
 * Passes on a range of the rows and stops pulling, and closes its input, once it has them. Confined
 * to one thread.
 */
public final class LimitOperator extends Operator {
    private final Operator input;
    private long skip;
    private long left;

    /** Leaves out {@code offset} rows and passes on {@code count}. */
    public LimitOperator(OperatorStatistics statistics, Operator input, long offset, long count) {
        super(statistics);
        this.input = input;
        skip = offset;
        left = count;
    }

    @Override
    protected ColumnBatch pull() {
        while (left > 0) {
            ColumnBatch batch = input.next();
            if (batch == null) {
                left = 0;
                return null;
            }
            int count = batch.rowCount();
            if (skip >= count) {
                skip -= count;
                continue;
            }
            int from = (int) skip;
            skip = 0;
            int taken = (int) Math.min(left, count - from);
            left -= taken;
            return taken == count ? batch : batch.select(range(batch.selection(), from, taken));
        }
        input.close();
        return null;
    }

    private static Selection range(Selection selection, int from, int count) {
        if (from == 0) {
            return selection.positions() == null
                    ? Selection.all(count)
                    : Selection.of(selection.positions(), count);
        }
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = selection.position(from + i);
        }
        return Selection.of(positions, count);
    }

    @Override
    public void close() {
        left = 0;
        input.close();
    }
}
