package org.skep.functions.aggregate;

import org.skep.functions.api.Accumulator;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** An accumulator of one argument that ignores NULLs. Confined to one thread. */
abstract class OneArgument implements Accumulator {
    final ValueRows rows = new ValueRows();

    @Override
    public final void update(
            GroupStates states,
            int[] groups,
            ColumnVector[] arguments,
            Selection selection,
            EvalContext context) {
        rows.take(arguments[0], selection, groups);
        if (rows.count() > 0) {
            add(states, rows, context);
        }
    }

    /** Adds rows that have values. */
    abstract void add(GroupStates states, ValueRows values, EvalContext context);
}
