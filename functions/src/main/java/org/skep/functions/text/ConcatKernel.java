package org.skep.functions.text;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.call.BytesArgument;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Puts texts or bytes one after the other. Stateless. */
final class ConcatKernel implements ScalarKernel {
    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        BytesArgument[] parts = new BytesArgument[arguments.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = BytesArgument.of(arguments[i]);
        }
        BytesVector result = (BytesVector) out;
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int total = 0;
            for (BytesArgument part : parts) {
                total = Math.addExact(total, part.length(row));
            }
            int begin = result.reserve(total);
            byte[] target = result.data();
            int at = begin;
            for (BytesArgument part : parts) {
                int length = part.length(row);
                System.arraycopy(part.data(), part.start(row), target, at, length);
                at += length;
            }
            result.setRun(row, begin, total);
        }
    }
}
