package org.skep.functions.table;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.TableFunction;
import org.skep.functions.call.LongArgument;
import org.skep.functions.row.Flat;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Repeats each row as often as its first argument says; not at all for NULL. Stateless. */
final class ReplicateKernel implements TableFunction.Kernel {
    private static final int ROWS_BETWEEN_CHECKS = 1 << 16;
    // What one batch makes is held in memory at once.
    private static final int MOST_ROWS = 1 << 24;

    @Override
    public void evaluate(
            ColumnVector[] arguments,
            Selection selection,
            int[] counts,
            ColumnVector[] out,
            EvalContext context) {
        ColumnVector times = Flat.of(arguments[0]);
        LongArgument numbers = LongArgument.of(arguments[0]);
        int at = 0;
        for (int k = 0; k < selection.count(); k++) {
            int source = selection.position(k);
            boolean never = times.isNull(source & Flat.mask(arguments[0]));
            counts[k] = never ? 0 : Math.max(0, numbers.intAt(source));
            if ((long) at + counts[k] > MOST_ROWS) {
                throw new SkepException(
                        ErrorCode.MEMORY_LIMIT,
                        "Rows that replicate_rows makes of a batch exceed " + MOST_ROWS);
            }
            for (int column = 0; column < out.length; column++) {
                ColumnVector values = Flat.of(arguments[column]);
                int position = source & Flat.mask(arguments[column]);
                out[column].ensureCapacity(at + counts[k]);
                for (int row = 0; row < counts[k]; row++) {
                    if (row % ROWS_BETWEEN_CHECKS == 0) {
                        context.cancelFlag().check();
                    }
                    out[column].copyOne(values, position, at + row);
                }
            }
            at += counts[k];
        }
    }
}
