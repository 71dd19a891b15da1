package org.skep.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.GroupStates;
import org.skep.functions.call.PlainContext;
import org.skep.functions.call.RandomData;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

class FusedAccumulatorsTest {
    private static final String[] NAMES = {"sum", "avg", "count", "max"};
    private static final DataType[] TYPES = {
        DataType.BIGINT,
        DataType.DOUBLE,
        DataType.INT,
        new DecimalType(12, 2),
        new DecimalType(18, 0),
        new DecimalType(30, 3)
    };

    @Test
    void leavesTheSameStatesAsOneLoopEach() {
        RandomData data = new RandomData("fused", System.nanoTime());
        for (int round = 0; round < 300; round++) {
            List<Accumulator> single = new ArrayList<>();
            List<Accumulator> together = new ArrayList<>();
            List<DataType> types = new ArrayList<>();
            int count = 2 + data.random().nextInt(9);
            for (int i = 0; i < count; i++) {
                String name = NAMES[data.random().nextInt(NAMES.length)];
                DataType type = TYPES[data.random().nextInt(TYPES.length)];
                AggregateRun run = new AggregateRun(name, type);
                types.add(type);
                single.add(run.new Task(1).accumulator);
                together.add(run.new Task(1).accumulator);
            }
            FusedAccumulators fused = FusedAccumulators.of(together);
            if (fused == null) {
                continue;
            }
            check(data, single, together, types, fused);
        }
    }

    private static void check(
            RandomData data,
            List<Accumulator> single,
            List<Accumulator> together,
            List<DataType> types,
            FusedAccumulators fused) {
        int groupCount = data.random().nextBoolean() ? 5 : 3000;
        int stride = single.stream().mapToInt(Accumulator::width).sum();
        long[] expected = new long[stride * groupCount];
        long[] actual = new long[stride * groupCount];
        GroupStates[] expectedStates = states(single, expected, stride, groupCount);
        GroupStates[] actualStates = states(together, actual, stride, groupCount);
        PlainContext context = new PlainContext();
        for (int batch = 0; batch < 3; batch++) {
            int positions = 1 + data.random().nextInt(60);
            ColumnVector[][] arguments = new ColumnVector[types.size()][];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = new ColumnVector[] {vector(data, types.get(i), positions)};
            }
            Selection selection = Selection.all(positions);
            if (data.random().nextBoolean()) {
                boolean[] flags = new boolean[positions];
                for (int i = 0; i < positions; i++) {
                    flags[i] = data.random().nextBoolean();
                }
                selection = selection.where(flags, true);
            }
            int[] groups =
                    data.random().nextInt(4) == 0
                            ? null
                            : data.random().ints(selection.count(), 0, groupCount).toArray();
            for (int i = 0; i < arguments.length; i++) {
                single.get(i).update(expectedStates[i], groups, arguments[i], selection, context);
            }
            fused.update(actualStates, groups, arguments, selection, context);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static ColumnVector vector(RandomData data, DataType type, int positions) {
        int kind = data.random().nextInt(6);
        if (kind == 0) {
            return new ConstantVector(RandomData.vector(type, Arrays.asList(data.value(type))));
        }
        return RandomData.vector(type, data.values(type, positions, kind == 1 ? 0.3 : 0));
    }

    private static GroupStates[] states(
            List<Accumulator> accumulators, long[] words, int stride, int groupCount) {
        GroupStates[] states = new GroupStates[accumulators.size()];
        int offset = 0;
        for (int i = 0; i < states.length; i++) {
            states[i] = new GroupStates(words, stride, offset);
            for (int group = 0; group < groupCount; group++) {
                accumulators.get(i).init(words, states[i].at(group));
            }
            offset += accumulators.get(i).width();
        }
        return states;
    }
}
