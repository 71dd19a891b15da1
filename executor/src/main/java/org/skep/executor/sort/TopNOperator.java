package org.skep.executor.sort;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.TaskContext;
import org.skep.executor.vector.RowBuffer;
import org.skep.plan.node.SortKey;
import org.skep.types.DataType;
import org.skep.types.key.EncodedKeys;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * The first rows in an order. Keeps somewhat more rows than wanted, and now and then sorts and cuts
 * them; rows beyond the last of those are dropped as they come. Confined to one thread.
 */
public final class TopNOperator extends Operator {
    private final TaskContext task;
    private final Operator input;
    private final List<DataType> types;
    private final RowOrder order;
    private final long limit;
    private final OperatorMemory memory;
    private final EncodedKeys batchKeys = new EncodedKeys();
    private RowBuffer rows;
    private EncodedKeys keys = new EncodedKeys();
    private byte[] last;
    private boolean sorted;
    private int emitted;

    /** The first {@code limit} rows of {@code input}. */
    public TopNOperator(
            OperatorStatistics statistics,
            TaskContext task,
            Operator input,
            List<SortKey> sortKeys,
            long limit,
            List<DataType> types) {
        super(statistics);
        this.task = task;
        this.input = input;
        this.types = types;
        this.limit = limit;
        order = new RowOrder(sortKeys, types);
        memory = task.memoryOf(statistics);
        rows = new RowBuffer(types);
    }

    @Override
    protected ColumnBatch pull() {
        if (!sorted) {
            collect();
        }
        int count = Math.min(task.batchRows(), rows.rows() - emitted);
        if (count <= 0) {
            memory.close();
            return null;
        }
        ColumnVector[] out = ColumnBatch.vectors(types, count);
        for (int i = 0; i < out.length; i++) {
            out[i].copyFrom(rows.column(i), null, emitted, count, 0);
        }
        emitted += count;
        return ColumnBatch.dense(out, count);
    }

    private void collect() {
        for (ColumnBatch batch = limit == 0 ? null : input.next();
                batch != null;
                batch = input.next()) {
            add(batch);
        }
        input.close();
        cut();
        sorted = true;
    }

    private void add(ColumnBatch batch) {
        Selection selection = batch.selection();
        batchKeys.clear();
        order.encode(batch.columns(), selection, batchKeys);
        if (last != null) {
            int[] kept = new int[selection.count()];
            int count = 0;
            for (int k = 0; k < selection.count(); k++) {
                kept[count] = selection.position(k);
                count += batchKeys.compare(k, last) < 0 ? 1 : 0;
            }
            if (count == 0) {
                return;
            }
            if (count < selection.count()) {
                selection = Selection.of(kept, count);
            }
        }
        rows.append(batch.columns(), selection);
        order.encode(batch.columns(), selection, keys);
        memory.hold(rows.retainedBytes() + keys.retainedBytes());
        if (rows.rows() >= 2 * limit + 8_192) {
            cut();
        }
    }

    private void cut() {
        int[] sequence = RowOrder.sorted(keys, task::checkStopped);
        int count = (int) Math.min(limit, sequence.length);
        RowBuffer kept = new RowBuffer(types);
        int[] first = Arrays.copyOf(sequence, count);
        kept.append(rows.columns(), Selection.of(first, count));
        if (count == limit && count > 0) {
            last = keys.copy(first[count - 1]);
        }
        rows = kept;
        keys = new EncodedKeys();
        order.encode(rows.columns(), Selection.all(count), keys);
        memory.hold(rows.retainedBytes() + keys.retainedBytes());
    }

    @Override
    public void close() {
        sorted = true;
        rows.clear();
        memory.close();
        input.close();
    }
}
