package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.GroupStates;
import org.skep.functions.call.PlainContext;
import org.skep.functions.call.RandomData;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

/** Runs an aggregate over columns of values in the ways in which an operator may. */
final class AggregateRun {
    private static final int OTHER_WORDS = 2;

    final AggregateFunction function;
    final Binding binding;
    final PlainContext context = new PlainContext();

    AggregateRun(String name, DataType... types) {
        this(name, List.of(types).stream().map(Argument::of).toList());
    }

    AggregateRun(String name, List<Argument> arguments) {
        function =
                AggregateFunctions.all().stream()
                        .filter(f -> f.name().equals(name) || f.aliases().contains(name))
                        .findFirst()
                        .orElseThrow();
        binding = function.bind(arguments);
    }

    /** One task's accumulator with the rows of its groups. */
    final class Task {
        final Accumulator accumulator =
                function.accumulator(binding.argumentTypes(), binding.returnType());
        final int stride = accumulator.width() + OTHER_WORDS;
        final int groupCount;
        final GroupStates states;

        Task(int groupCount) {
            this.groupCount = groupCount;
            long[] words = new long[groupCount * stride];
            java.util.Arrays.fill(words, 0x5555555555555555L);
            states = new GroupStates(words, stride, 1);
            for (int group = 0; group < groupCount; group++) {
                accumulator.init(words, states.at(group));
            }
        }

        void update(ColumnVector[] arguments, Selection selection, int[] groups) {
            accumulator.update(states, groups, arguments, selection, context);
        }

        ColumnVector[] intermediate(int first, int count) {
            ColumnVector[] out =
                    ColumnBatch.vectors(
                            function.intermediateTypes(
                                    binding.argumentTypes(), binding.returnType()),
                            1);
            accumulator.writeIntermediate(states, first, count, out);
            return out;
        }

        List<Object> finish() {
            ColumnVector out = ColumnVector.create(binding.returnType(), 1);
            int cut = groupCount / 2;
            List<Object> results = new ArrayList<>();
            for (int[] range : new int[][] {{0, cut}, {cut, groupCount - cut}}) {
                out.reset();
                accumulator.finish(states, range[0], range[1], out, context);
                results.addAll(RandomData.values(out, range[1]));
            }
            for (int group = 0; group < groupCount; group++) {
                int row = group * stride;
                if (states.words()[row] != 0x5555555555555555L
                        || states.words()[row + stride - 1] != 0x5555555555555555L) {
                    throw new AssertionError("Words of others were written");
                }
            }
            return results;
        }
    }

    private ColumnVector[] vectors(List<List<Object>> columns) {
        ColumnVector[] vectors = new ColumnVector[columns.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = RandomData.vector(binding.argumentTypes().get(i), columns.get(i));
        }
        return vectors;
    }

    /** All rows in one batch. */
    List<Object> dense(List<List<Object>> columns, int[] groups, int groupCount) {
        Task task = new Task(groupCount);
        task.update(vectors(columns), Selection.all(groups.length), groups);
        return task.finish();
    }

    /** All rows in one batch without groups. */
    Object ungrouped(List<List<Object>> columns, int rows) {
        Task task = new Task(1);
        task.update(vectors(columns), Selection.all(rows), null);
        return task.finish().get(0);
    }

    /** In several batches, each with more positions than rows. */
    List<Object> sparse(List<List<Object>> columns, int[] groups, int groupCount, Random random) {
        Task task = new Task(groupCount);
        ColumnVector[] vectors = vectors(columns);
        int from = 0;
        while (from < groups.length) {
            int count = Math.min(groups.length - from, 1 + random.nextInt(7));
            int[] positions = new int[count];
            int[] batchGroups = new int[count];
            for (int i = 0; i < count; i++) {
                positions[i] = from + i;
                batchGroups[i] = groups[from + i];
            }
            task.update(vectors, Selection.of(positions, count), batchGroups);
            from += count;
        }
        return task.finish();
    }

    /** A row at a time with constant vectors. */
    List<Object> constant(List<List<Object>> columns, int[] groups, int groupCount) {
        Task task = new Task(groupCount);
        ColumnVector[] flat = vectors(columns);
        for (int row = 0; row < groups.length; row++) {
            ColumnVector[] constants = new ColumnVector[flat.length];
            for (int i = 0; i < flat.length; i++) {
                ColumnVector one = ColumnVector.create(flat[i].type(), 1);
                one.copyOne(flat[i], row, 0);
                constants[i] = new ConstantVector(one);
            }
            task.update(constants, Selection.all(1), new int[] {groups[row]});
        }
        return task.finish();
    }

    /** In several tasks whose partial results are merged, some of them through constants. */
    List<Object> merged(List<List<Object>> columns, int[] groups, int groupCount, Random random) {
        Task last = new Task(groupCount);
        ColumnVector[] vectors = vectors(columns);
        int tasks = 1 + random.nextInt(4);
        for (int t = 0; t < tasks; t++) {
            int from = groups.length * t / tasks;
            int to = groups.length * (t + 1) / tasks;
            Task task = new Task(groupCount);
            int[] positions = new int[to - from];
            int[] taskGroups = new int[to - from];
            for (int i = from; i < to; i++) {
                positions[i - from] = i;
                taskGroups[i - from] = groups[i];
            }
            task.update(vectors, Selection.of(positions, to - from), taskGroups);
            ColumnVector[] partial = task.intermediate(0, groupCount);
            int[] all = new int[groupCount];
            for (int i = 0; i < groupCount; i++) {
                all[i] = i;
            }
            if (random.nextBoolean()) {
                last.accumulator.merge(
                        last.states, all, partial, Selection.all(groupCount), context);
            } else {
                last.accumulator.merge(
                        last.states, all, partial, Selection.of(all, groupCount), context);
            }
        }
        return last.finish();
    }
}
