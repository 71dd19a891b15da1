package org.skep.executor.window;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.operator.Operator;
import org.skep.executor.sort.RowOrder;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.TaskContext;
import org.skep.executor.vector.RowBuffer;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowCall;
import org.skep.types.DataType;
import org.skep.types.key.EncodedKeys;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Computes functions over windows of sorted rows: gathers whole partitions, and passes them on with
 * a column more a call. Confined to one thread.
 */
public final class WindowOperator extends Operator {
    private final TaskContext task;
    private final Operator input;
    private final PhysicalNode.Window node;
    private final List<DataType> inputTypes;
    private final List<DataType> outputTypes;
    private final WindowFunctionCall[] calls;
    private final RowOrder partitionOrder;
    private final OperatorMemory memory;
    private final EncodedKeys keys = new EncodedKeys();
    private RowBuffer rows;
    // Where in the buffer each partition but the first begins.
    private List<Integer> boundaries = new ArrayList<>();
    private byte[] lastKey;
    private boolean inputEnded;
    private RowBuffer ready;
    private ColumnVector[] results;
    private int readyRows;
    private int emitted;

    /** Runs {@code node} over {@code input}. */
    public WindowOperator(
            OperatorStatistics statistics,
            TaskContext task,
            Operator input,
            PhysicalNode.Window node) {
        super(statistics);
        this.task = task;
        this.input = input;
        this.node = node;
        inputTypes = node.input().outputTypes();
        outputTypes = node.outputTypes();
        memory = task.memoryOf(statistics);
        rows = new RowBuffer(inputTypes);
        partitionOrder =
                new RowOrder(
                        node.partitionKeys().stream()
                                .map(key -> new SortKey(key, false, true))
                                .toList(),
                        inputTypes);
        calls = node.calls().stream().map(this::call).toArray(WindowFunctionCall[]::new);
    }

    private WindowFunctionCall call(WindowCall call) {
        WindowFunctionCall rank = RankCalls.of(call);
        if (rank != null) {
            return rank;
        }
        return new AggregateWindowCall(
                task.services()
                        .functions()
                        .aggregate(call.function())
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.FUNCTION_NOT_FOUND,
                                                "Function not found: " + call.function())),
                call,
                task.eval());
    }

    @Override
    protected ColumnBatch pull() {
        while (true) {
            if (ready != null && emitted < readyRows) {
                return emit();
            }
            ready = null;
            if (inputEnded) {
                memory.close();
                return null;
            }
            gather();
        }
    }

    /** Reads until there is at least one whole partition. */
    private void gather() {
        while (boundaries.isEmpty()) {
            ColumnBatch batch = input.next();
            if (batch == null) {
                inputEnded = true;
                input.close();
                if (rows.rows() > 0) {
                    compute(rows, rows.rows());
                }
                return;
            }
            add(batch);
        }
        int whole = boundaries.get(boundaries.size() - 1);
        RowBuffer complete = rows;
        RowBuffer rest = new RowBuffer(inputTypes);
        int count = complete.rows() - whole;
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = whole + i;
        }
        rest.append(complete.columns(), Selection.of(positions, count));
        rows = rest;
        compute(complete, whole);
    }

    private void add(ColumnBatch batch) {
        int from = rows.rows();
        rows.append(batch);
        memory.hold(rows.retainedBytes() * 2);
        if (node.partitionKeys().isEmpty()) {
            return;
        }
        keys.clear();
        partitionOrder.encode(batch.columns(), batch.selection(), keys);
        for (int k = 0; k < batch.rowCount(); k++) {
            boolean begins =
                    k == 0
                            ? lastKey != null && keys.compare(0, lastKey) != 0
                            : keys.compare(k, k - 1) != 0;
            if (begins) {
                boundaries.add(from + k);
            }
        }
        lastKey = keys.copy(batch.rowCount() - 1);
    }

    private void compute(RowBuffer buffer, int count) {
        results = new ColumnVector[calls.length];
        for (int i = 0; i < calls.length; i++) {
            results[i] = ColumnVector.create(node.calls().get(i).type(), count);
        }
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        boundaries.stream().filter(boundary -> boundary < count).forEach(starts::add);
        starts.add(count);
        for (int i = 0; i + 1 < starts.size(); i++) {
            task.checkStopped();
            WindowPartition partition =
                    new WindowPartition(
                            buffer.columns(),
                            starts.get(i),
                            starts.get(i + 1),
                            node.orderKeys(),
                            inputTypes,
                            task::checkStopped);
            for (int call = 0; call < calls.length; call++) {
                calls[call].evaluate(partition, results[call]);
            }
        }
        boundaries = new ArrayList<>();
        ready = buffer;
        readyRows = count;
        emitted = 0;
    }

    private ColumnBatch emit() {
        int count = Math.min(task.batchRows(), readyRows - emitted);
        ColumnVector[] out = ColumnBatch.vectors(outputTypes, count);
        int columns = inputTypes.size();
        for (int i = 0; i < columns; i++) {
            out[i].copyFrom(ready.column(i), null, emitted, count, 0);
        }
        for (int i = 0; i < results.length; i++) {
            out[columns + i].copyFrom(results[i], null, emitted, count, 0);
        }
        emitted += count;
        return ColumnBatch.dense(out, count);
    }

    @Override
    public void close() {
        inputEnded = true;
        ready = null;
        results = null;
        rows.clear();
        memory.close();
        input.close();
    }
}
