package org.skep.executor.aggregate;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.group.DictionaryGroups;
import org.skep.executor.group.GroupTable;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.TaskContext;
import org.skep.executor.vector.SamePositions;
import org.skep.functions.aggregate.FusedAccumulators;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.PhysicalNode.AggregateStep;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * Groups rows by their keys and aggregates them. Confined to one thread.
 *
 * <p>The states of a group lie side by side in a row of words. In the PARTIAL step groups may come
 * out more than once: when memory runs short they are passed on and forgotten, and when most rows
 * turn out to be groups of their own, rows are passed on without looking for equal ones.
 */
public final class AggregateOperator extends Operator {
    // Below this many groups a poor reduction is not yet told from a beginning.
    private static final int ENOUGH_GROUPS = 50_000;

    private final Operator input;
    private final AggregateStep step;
    private final int[] keys;
    private final List<DataType> keyTypes;
    private final List<DataType> outputTypes;
    private final AggregateCallState[] calls;
    private final TaskContext task;
    private final EvalContext context;
    private final OperatorMemory memory;
    private final int stride;
    private final long[] freshWords;
    private final ColumnVector[] decoded;
    private final ColumnVector[] decodedNow;
    private GroupTable table;
    private DictionaryGroups groupsOfKeys;
    private FusedAccumulators fused;
    private long[] words = new long[0];
    private int wordGroups;
    private int[] groups = new int[0];
    private long rowsSeen;
    private boolean passThrough;
    private boolean inputEnded;
    private int emitted;
    private int toEmit = -1;
    private ColumnBatch passed;

    /** Runs {@code node} over {@code input}. */
    public AggregateOperator(
            OperatorStatistics statistics,
            TaskContext task,
            Operator input,
            PhysicalNode.Aggregate node) {
        super(statistics);
        this.input = input;
        this.task = task;
        context = task.eval();
        memory = task.memoryOf(statistics);
        step = node.step();
        keys = node.keys().stream().mapToInt(Integer::intValue).toArray();
        outputTypes = node.outputTypes();
        keyTypes = outputTypes.subList(0, keys.length);
        calls =
                node.calls().stream()
                        .map(call -> new AggregateCallState(task.services().functions(), call))
                        .toArray(AggregateCallState[]::new);
        decoded = new ColumnVector[node.input().outputTypes().size()];
        decodedNow = new ColumnVector[decoded.length];
        int width = 0;
        for (AggregateCallState call : calls) {
            width += call.accumulator().width();
        }
        stride = width;
        freshWords = new long[stride];
        beginTable();
    }

    private void beginTable() {
        int at = 0;
        for (AggregateCallState call : calls) {
            call.reset();
            call.useStates(new GroupStates(words, stride, at));
            call.accumulator().init(freshWords, at);
            at += call.accumulator().width();
        }
        boolean plain =
                step != AggregateStep.FINAL
                        && Arrays.stream(calls).allMatch(AggregateCallState::isPlain);
        fused =
                plain
                        ? FusedAccumulators.of(
                                Arrays.stream(calls).map(AggregateCallState::accumulator).toList())
                        : null;
        table = keys.length == 0 ? null : GroupTable.of(keyTypes);
        groupsOfKeys = table == null ? null : new DictionaryGroups(table);
        wordGroups = 0;
        if (keys.length == 0) {
            growStates(1);
        }
    }

    @Override
    protected ColumnBatch pull() {
        while (true) {
            if (toEmit >= 0) {
                ColumnBatch batch = emit();
                if (batch != null) {
                    return batch;
                }
            }
            if (inputEnded) {
                memory.close();
                return null;
            }
            consume();
        }
    }

    private void consume() {
        while (true) {
            ColumnBatch batch = input.next();
            if (batch == null) {
                inputEnded = true;
                input.close();
                toEmit = groupCount();
                return;
            }
            if (batch.rowCount() == 0) {
                continue;
            }
            if (passThrough) {
                passOn(batch);
                return;
            }
            rowsSeen += batch.rowCount();
            add(batch);
            if (step == AggregateStep.PARTIAL && keys.length > 0 && isFull()) {
                toEmit = groupCount();
                return;
            }
        }
    }

    private boolean isFull() {
        int count = table.count();
        if (count >= ENOUGH_GROUPS && count > rowsSeen * 7 / 10) {
            passThrough = true;
            return true;
        }
        return !memory.tryHold(retainedBytes());
    }

    private int groupCount() {
        if (keys.length > 0) {
            return table.count();
        }
        return step == AggregateStep.PARTIAL && rowsSeen == 0 ? 0 : 1;
    }

    private void add(ColumnBatch batch) {
        int[] rowGroups = null;
        if (keys.length > 0) {
            if (groups.length < batch.rowCount()) {
                groups = new int[batch.rowCount()];
            }
            ColumnVector[] keyColumns = new ColumnVector[keys.length];
            for (int i = 0; i < keys.length; i++) {
                keyColumns[i] = batch.column(keys[i]);
            }
            groupsOfKeys.assign(keyColumns, batch.selection(), groups);
            growStates(table.count());
            rowGroups = groups;
        }
        accumulate(batch, rowGroups);
        if (step != AggregateStep.PARTIAL || keys.length == 0) {
            memory.hold(retainedBytes());
        }
    }

    private long retainedBytes() {
        long bytes = 8L * words.length + (table == null ? 0 : table.retainedBytes());
        for (AggregateCallState call : calls) {
            bytes += call.retainedBytes();
        }
        return bytes;
    }

    private void growStates(int count) {
        if (count <= wordGroups || stride == 0) {
            return;
        }
        long needed = (long) count * stride;
        if (needed > Integer.MAX_VALUE - 16) {
            throw new org.skep.base.error.SkepException(
                    org.skep.base.error.ErrorCode.MEMORY_LIMIT, "Too many groups in memory");
        }
        if (needed > words.length) {
            words =
                    Arrays.copyOf(
                            words,
                            (int)
                                    Math.min(
                                            Integer.MAX_VALUE - 16,
                                            Math.max(needed, words.length * 2L)));
            for (AggregateCallState call : calls) {
                call.states().moveTo(words);
            }
        }
        for (int group = wordGroups; group < count; group++) {
            System.arraycopy(freshWords, 0, words, group * stride, stride);
        }
        wordGroups = count;
    }

    private void accumulate(ColumnBatch batch, int[] rowGroups) {
        Selection selection = batch.selection();
        Arrays.fill(decodedNow, null);
        ColumnVector[][] arguments = new ColumnVector[calls.length][];
        GroupStates[] states = new GroupStates[calls.length];
        for (int i = 0; i < calls.length; i++) {
            arguments[i] = arguments(batch, calls[i].arguments());
            states[i] = calls[i].states();
        }
        if (fused != null) {
            fused.update(states, rowGroups, arguments, selection, context);
            return;
        }
        for (int i = 0; i < calls.length; i++) {
            AggregateCallState call = calls[i];
            if (step == AggregateStep.FINAL) {
                call.accumulator().merge(states[i], rowGroups, arguments[i], selection, context);
                continue;
            }
            Selection rows = selection;
            int[] groupsOfRows = rowGroups;
            if (!call.isPlain()) {
                CountedRows counted =
                        call.counted(batch.columns(), arguments[i], selection, rowGroups);
                rows = counted.selection();
                groupsOfRows = counted.groups();
                if (rows.count() == 0) {
                    continue;
                }
            }
            call.accumulator().update(states[i], groupsOfRows, arguments[i], rows, context);
        }
    }

    private ColumnVector[] arguments(ColumnBatch batch, int[] indexes) {
        ColumnVector[] arguments = new ColumnVector[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            arguments[i] = decoded(batch, indexes[i]);
        }
        return arguments;
    }

    private ColumnVector decoded(ColumnBatch batch, int index) {
        ColumnVector column = batch.column(index);
        if (!(column instanceof DictionaryVector dictionary)) {
            return column;
        }
        if (decodedNow[index] == null) {
            if (decoded[index] == null) {
                decoded[index] = ColumnVector.create(column.type(), batch.selection().bound());
            }
            decodedNow[index] = SamePositions.decode(dictionary, batch.selection(), decoded[index]);
        }
        return decodedNow[index];
    }

    /** Makes each row a group of its own and keeps them to be emitted. */
    private void passOn(ColumnBatch batch) {
        int count = batch.rowCount();
        if (groups.length < count) {
            groups = new int[count];
        }
        for (AggregateCallState call : calls) {
            call.reset();
            call.useStates(new GroupStates(words, stride, call.states().offset()));
        }
        for (int k = 0; k < count; k++) {
            groups[k] = k;
        }
        wordGroups = 0;
        growStates(count);
        accumulate(batch, groups);
        ColumnVector[] columns = new ColumnVector[keys.length];
        for (int i = 0; i < keys.length; i++) {
            columns[i] = ColumnVector.create(keyTypes.get(i), count);
            columns[i].copyFrom(batch.column(keys[i]), batch.selection().positions(), 0, count, 0);
        }
        passed = ColumnBatch.dense(columns, count);
        emitted = 0;
        toEmit = count;
    }

    private ColumnBatch emit() {
        int count = Math.min(task.batchRows(), toEmit - emitted);
        if (count == 0) {
            endEmission();
            return null;
        }
        ColumnVector[] out = ColumnBatch.vectors(outputTypes, count);
        ColumnVector[] keyColumns = keyColumns();
        for (int i = 0; i < keys.length; i++) {
            out[i].copyFrom(keyColumns[i], null, emitted, count, 0);
        }
        int column = keys.length;
        for (AggregateCallState call : calls) {
            if (step == AggregateStep.PARTIAL) {
                int width = call.intermediateTypes().size();
                ColumnVector[] parts = Arrays.copyOfRange(out, column, column + width);
                call.accumulator().writeIntermediate(call.states(), emitted, count, parts);
                column += width;
            } else {
                call.accumulator().finish(call.states(), emitted, count, out[column++], context);
            }
        }
        emitted += count;
        return ColumnBatch.dense(out, count);
    }

    private ColumnVector[] keyColumns() {
        if (passed != null) {
            return passed.columns();
        }
        return table == null ? new ColumnVector[0] : table.keys().columns();
    }

    private void endEmission() {
        toEmit = -1;
        emitted = 0;
        if (passed == null && !inputEnded) {
            words = new long[0];
            beginTable();
            memory.hold(retainedBytes());
            rowsSeen = 0;
        }
        passed = null;
    }

    @Override
    public void close() {
        inputEnded = true;
        toEmit = -1;
        table = null;
        words = new long[0];
        memory.close();
        input.close();
    }
}
