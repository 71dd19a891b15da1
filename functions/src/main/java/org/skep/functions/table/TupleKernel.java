package org.skep.functions.table;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.TableFunction;
import org.skep.functions.call.BytesArgument;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Takes several parts out of each text: one row for each. Confined to one thread. */
abstract class TupleKernel implements TableFunction.Kernel {
    @Override
    public final void evaluate(
            ColumnVector[] arguments,
            Selection selection,
            int[] counts,
            ColumnVector[] out,
            EvalContext context) {
        BytesArgument[] texts = new BytesArgument[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = BytesArgument.of(arguments[i]);
        }
        for (ColumnVector column : out) {
            column.ensureCapacity(selection.count());
        }
        for (int k = 0; k < selection.count(); k++) {
            if ((k & 127) == 127) {
                context.cancelFlag().check();
            }
            int row = selection.position(k);
            counts[k] = 1;
            boolean known = !texts[0].isNull(row) && take(texts[0].text(row));
            for (int i = 1; i < texts.length; i++) {
                String found = null;
                if (known && !texts[i].isNull(row)) {
                    found = part(texts[i].text(row));
                }
                if (found == null) {
                    out[i - 1].setNull(k);
                } else {
                    ((BytesVector) out[i - 1]).set(k, found);
                }
            }
        }
    }

    /** Begins with a text; false if it has no parts. */
    abstract boolean take(String text);

    /** A part of the last text, or null. */
    abstract String part(String name);
}
