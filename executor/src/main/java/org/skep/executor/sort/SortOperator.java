package org.skep.executor.sort;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.skep.executor.operator.Operator;
import org.skep.executor.spill.SpillFile;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.TaskContext;
import org.skep.executor.vector.RowBuffer;
import org.skep.plan.node.SortKey;
import org.skep.types.DataType;
import org.skep.types.key.EncodedKeys;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;

/**
 * Sorts all rows, stably. Rows that do not fit in memory go to disk in sorted runs, which are
 * merged in the end. Confined to one thread.
 */
public final class SortOperator extends Operator {
    // A run's keys share one array, so a run ends before they reach 2 GB.
    private static final int MOST_KEY_BYTES = 1 << 30;

    private final TaskContext task;
    private final Operator input;
    private final List<DataType> types;
    private final RowOrder order;
    private final OperatorMemory memory;
    private final RowBuffer rows;
    private final List<SpillFile> runs = new ArrayList<>();
    private EncodedKeys keys = new EncodedKeys();
    private boolean sorted;
    private int[] sequence;
    private int emitted;
    private BatchMerger merger;

    /** Sorts the rows of {@code input}. */
    public SortOperator(
            OperatorStatistics statistics,
            TaskContext task,
            Operator input,
            List<SortKey> sortKeys,
            List<DataType> types) {
        super(statistics);
        this.task = task;
        this.input = input;
        this.types = types;
        order = new RowOrder(sortKeys, types);
        memory = task.memoryOf(statistics);
        rows = new RowBuffer(types);
    }

    @Override
    protected ColumnBatch pull() {
        if (!sorted) {
            sort();
        }
        if (merger != null) {
            return merger.next();
        }
        return emitSorted();
    }

    private void sort() {
        for (ColumnBatch batch = input.next(); batch != null; batch = input.next()) {
            rows.append(batch);
            order.encode(batch.columns(), batch.selection(), keys);
            // Twelve bytes a row are for the prefixes and the sequence while sorting.
            long needed = rows.retainedBytes() + keys.retainedBytes() + 16L * rows.rows();
            if (keys.bytes() > MOST_KEY_BYTES) {
                spill();
            } else if (!memory.tryHold(needed)) {
                if (task.query().spillDirectory() == null) {
                    memory.hold(needed);
                }
                spill();
            }
        }
        input.close();
        sorted = true;
        if (runs.isEmpty()) {
            sequence = RowOrder.sorted(keys, task::checkStopped);
            keys = new EncodedKeys();
            return;
        }
        if (rows.rows() > 0) {
            spill();
        }
        List<Supplier<ColumnBatch>> streams = new ArrayList<>();
        for (SpillFile run : runs) {
            streams.add(new RunReader(run)::next);
        }
        merger = new BatchMerger(streams, types, order, task.batchRows());
    }

    /** Reads a run page by page. */
    private static final class RunReader {
        private final SpillFile run;
        private int page;

        RunReader(SpillFile run) {
            this.run = run;
        }

        ColumnBatch next() {
            return page == run.pages() ? null : run.read(page++);
        }
    }

    private void spill() {
        sequence = RowOrder.sorted(keys, task::checkStopped);
        emitted = 0;
        SpillFile run = SpillFile.create(task, types);
        runs.add(run);
        for (ColumnBatch batch = emitSorted(); batch != null; batch = emitSorted()) {
            task.checkStopped();
            run.write(batch);
        }
        statistics().addSpilled(run.bytes());
        rows.clear();
        keys = new EncodedKeys();
        sequence = null;
        memory.hold(0);
    }

    private ColumnBatch emitSorted() {
        int count = Math.min(task.batchRows(), rows.rows() - emitted);
        if (count <= 0) {
            return null;
        }
        ColumnVector[] out = ColumnBatch.vectors(types, count);
        for (int i = 0; i < out.length; i++) {
            out[i].copyFrom(rows.column(i), sequence, emitted, count, 0);
        }
        emitted += count;
        return ColumnBatch.dense(out, count);
    }

    @Override
    public void close() {
        sorted = true;
        rows.clear();
        keys = new EncodedKeys();
        merger = null;
        runs.forEach(SpillFile::close);
        runs.clear();
        memory.close();
        input.close();
    }
}
