package org.skep.functions.call;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Runs a {@link RowFunction} over the rows of a batch. Confined to one thread. */
public final class RowKernel implements ScalarKernel {
    private final RowFunction function;

    /** A kernel of a function. */
    public RowKernel(RowFunction function) {
        this.function = function;
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        RowCall call = new RowCall(arguments, out, context);
        int count = selection.count();
        for (int k = 0; k < count; k++) {
            if ((k & 127) == 127) {
                context.cancelFlag().check();
            }
            int row = selection.position(k);
            call.moveTo(row);
            function.evaluate(call);
            if (!call.hasReturned()) {
                out.setNull(row);
            }
        }
    }
}
