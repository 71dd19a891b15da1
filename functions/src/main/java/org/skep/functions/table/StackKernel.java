package org.skep.functions.table;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.TableFunction;
import org.skep.functions.call.LongArgument;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

/** Deals the arguments out to a fixed number of rows. Stateless. */
final class StackKernel implements TableFunction.Kernel {
    @Override
    public void evaluate(
            ColumnVector[] arguments,
            Selection selection,
            int[] counts,
            ColumnVector[] out,
            EvalContext context) {
        if (selection.count() == 0) {
            return;
        }
        int rows = LongArgument.of(arguments[0]).intAt(selection.position(0));
        int at = 0;
        for (int k = 0; k < selection.count(); k++) {
            int source = selection.position(k);
            counts[k] = rows;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < out.length; column++) {
                    int index = 1 + row * out.length + column;
                    out[column].ensureCapacity(at + 1);
                    if (index >= arguments.length) {
                        out[column].setNull(at);
                    } else if (arguments[index] instanceof ConstantVector constant) {
                        out[column].copyOne(constant.value(), 0, at);
                    } else {
                        out[column].copyOne(arguments[index], source, at);
                    }
                }
                at++;
            }
        }
    }
}
