package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.skep.executor.operator.Operator;
import org.skep.executor.sort.BatchMerger;
import org.skep.executor.sort.RowOrder;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.TaskContext;
import org.skep.plan.node.SortKey;
import org.skep.types.vector.ColumnBatch;

/** Reads a task's partition of an exchange, merging if it is sorted. Confined to one thread. */
public final class ExchangeReadOperator extends Operator {
    private final TaskContext task;
    private final ExchangeSource exchange;
    private final List<SortKey> mergeKeys;
    private final List<Supplier<ColumnBatch>> streams = new ArrayList<>();
    private BatchMerger merger;
    private int current;
    private boolean closed;

    /** Reads from {@code exchange}, whose senders are all done. */
    public ExchangeReadOperator(
            OperatorStatistics statistics,
            TaskContext task,
            ExchangeSource exchange,
            List<SortKey> mergeKeys) {
        super(statistics);
        this.task = task;
        this.exchange = exchange;
        this.mergeKeys = mergeKeys;
        for (int sender = 0; sender < exchange.senders(); sender++) {
            streams.add(new Stream(exchange, sender, task.task())::next);
        }
    }

    /** What one sender sent. */
    private static final class Stream {
        private final ExchangeSource exchange;
        private final int sender;
        private final int partition;
        private int index;

        Stream(ExchangeSource exchange, int sender, int partition) {
            this.exchange = exchange;
            this.sender = sender;
            this.partition = partition;
        }

        ColumnBatch next() {
            return exchange.get(sender, partition, index++);
        }
    }

    @Override
    protected ColumnBatch pull() {
        if (closed) {
            return null;
        }
        task.checkStopped();
        if (!mergeKeys.isEmpty()) {
            if (merger == null) {
                RowOrder order = new RowOrder(mergeKeys, exchange.types());
                merger = new BatchMerger(streams, exchange.types(), order, task.batchRows());
            }
            return merger.next();
        }
        while (current < streams.size()) {
            ColumnBatch batch = streams.get(current).get();
            if (batch != null) {
                return batch;
            }
            current++;
        }
        return null;
    }

    @Override
    public void close() {
        closed = true;
    }
}
