package org.skep.executor.window;

import java.util.List;
import org.skep.executor.group.GroupTable;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.plan.node.WindowCall;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * An aggregate over frames. While frames begin at the same row and only grow, rows are added to
 * what is there; otherwise a frame is aggregated anew. Confined to one thread.
 */
final class AggregateWindowCall implements WindowFunctionCall {
    private static final int MOST_AT_ONCE = 8192;

    private final AggregateFunction function;
    private final WindowCall call;
    private final EvalContext context;
    private final boolean distinct;
    private Accumulator accumulator;
    private GroupStates states;
    private GroupTable seen;
    private final ColumnVector result;

    AggregateWindowCall(AggregateFunction function, WindowCall call, EvalContext context) {
        this.function = function;
        this.call = call;
        this.context = context;
        distinct = call.distinct() && !function.ignoresDuplicates();
        result = ColumnVector.create(call.type(), 1);
    }

    private void begin() {
        accumulator = function.accumulator(call.argumentTypes(), call.type());
        long[] words = new long[accumulator.width()];
        accumulator.init(words, 0);
        states = new GroupStates(words, accumulator.width(), 0);
        seen = distinct ? GroupTable.withoutKeys(call.argumentTypes()) : null;
    }

    @Override
    public void evaluate(WindowPartition partition, ColumnVector out) {
        List<Integer> indexes = call.arguments();
        ColumnVector[] arguments = new ColumnVector[indexes.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = partition.column(indexes.get(i));
        }
        Frames frames = new Frames(partition, call.frame());
        int lastStart = -1;
        int lastEnd = -1;
        for (int row = partition.start(); row < partition.end(); row++) {
            partition.step();
            int start = frames.start(row);
            int end = frames.end(row);
            if (start != lastStart || end < lastEnd) {
                begin();
                add(arguments, partition, start, end);
                finish();
            } else if (end > lastEnd) {
                add(arguments, partition, lastEnd, end);
                finish();
            }
            lastStart = start;
            lastEnd = end;
            out.copyOne(result, 0, row);
        }
    }

    private void add(ColumnVector[] arguments, WindowPartition partition, int from, int to) {
        for (int done = from; done < to; done += MOST_AT_ONCE) {
            int[] positions = new int[Math.min(MOST_AT_ONCE, to - done)];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = done + i;
                partition.step();
            }
            Selection rows = Selection.of(positions, positions.length);
            if (distinct) {
                rows = different(arguments, rows);
            }
            if (rows.count() > 0) {
                accumulator.update(states, new int[rows.count()], arguments, rows, context);
            }
        }
    }

    private Selection different(ColumnVector[] arguments, Selection rows) {
        int[] groups = new int[rows.count()];
        int next = seen.count();
        seen.assign(arguments, rows, groups);
        int[] kept = new int[rows.count()];
        int count = 0;
        for (int k = 0; k < groups.length; k++) {
            if (groups[k] == next) {
                kept[count++] = rows.position(k);
                next++;
            }
        }
        return Selection.of(kept, count);
    }

    private void finish() {
        result.reset();
        result.ensureCapacity(1);
        accumulator.finish(states, 0, 1, result, context);
    }
}
