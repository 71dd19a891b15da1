package org.skep.executor.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.group.GroupTable;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.GroupStates;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.plan.node.AggregateCall;
import org.skep.types.DataType;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** One call of an aggregation: its accumulator, states and different arguments. One thread. */
final class AggregateCallState {
    private final AggregateCall call;
    private final AggregateFunction function;
    private final int[] arguments;
    private final boolean distinct;
    private Accumulator accumulator;
    private GroupTable seen;
    private GroupStates states;
    private int[] ids = new int[0];

    AggregateCallState(FunctionCatalogue functions, AggregateCall call) {
        this.call = call;
        function =
                functions
                        .aggregate(call.function())
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.FUNCTION_NOT_FOUND,
                                                "Function not found: " + call.function()));
        arguments = call.arguments().stream().mapToInt(Integer::intValue).toArray();
        distinct = call.distinct() && !function.ignoresDuplicates();
        reset();
    }

    /** Forgets all states. */
    void reset() {
        accumulator = function.accumulator(call.argumentTypes(), call.type());
        if (distinct) {
            List<DataType> types = new ArrayList<>();
            types.add(DataType.BIGINT);
            types.addAll(call.argumentTypes());
            seen = GroupTable.of(types);
        }
    }

    Accumulator accumulator() {
        return accumulator;
    }

    int[] arguments() {
        return arguments;
    }

    boolean isPlain() {
        return !distinct && call.filter() < 0;
    }

    void useStates(GroupStates groupStates) {
        states = groupStates;
    }

    GroupStates states() {
        return states;
    }

    List<DataType> intermediateTypes() {
        return function.intermediateTypes(call.argumentTypes(), call.type());
    }

    /**
     * The rows that the call counts, and their groups beside them; filters and removes duplicates.
     */
    CountedRows counted(
            ColumnVector[] columns, ColumnVector[] values, Selection selection, int[] groups) {
        CountedRows rows = new CountedRows(selection, groups);
        if (call.filter() >= 0) {
            rows = rows.keep(passing(columns[call.filter()], selection), selection);
        }
        if (distinct && rows.selection().count() > 0) {
            rows = different(values, rows);
        }
        return rows;
    }

    private static boolean[] passing(ColumnVector filter, Selection selection) {
        boolean[] passes = new boolean[selection.bound()];
        boolean constant = filter instanceof ConstantVector;
        ColumnVector flat = constant ? ((ConstantVector) filter).value() : filter;
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int from = constant ? 0 : row;
            passes[row] =
                    !flat.isNull(from)
                            && flat instanceof BooleanVector booleans
                            && booleans.values()[from];
        }
        return passes;
    }

    private CountedRows different(ColumnVector[] values, CountedRows rows) {
        Selection selection = rows.selection();
        int count = selection.count();
        LongVector groupColumn = new LongVector(DataType.BIGINT, selection.bound());
        for (int k = 0; k < count; k++) {
            groupColumn.values()[selection.position(k)] = rows.groupAt(k);
        }
        ColumnVector[] keys = new ColumnVector[values.length + 1];
        keys[0] = groupColumn;
        System.arraycopy(values, 0, keys, 1, values.length);
        if (ids.length < count) {
            ids = new int[count];
        }
        int next = seen.count();
        seen.assign(keys, selection, ids);
        boolean[] isNew = new boolean[selection.bound()];
        for (int k = 0; k < count; k++) {
            if (ids[k] == next) {
                isNew[selection.position(k)] = true;
                next++;
            }
        }
        return rows.keep(isNew, selection);
    }

    long retainedBytes() {
        return accumulator.retainedBytes() + (seen == null ? 0 : seen.retainedBytes());
    }
}
