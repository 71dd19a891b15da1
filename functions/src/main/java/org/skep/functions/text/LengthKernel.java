package org.skep.functions.text;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.call.BytesArgument;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Counts the characters of texts, or bytes. Stateless. */
final class LengthKernel implements ScalarKernel {
    private final boolean bytes;

    private LengthKernel(boolean bytes) {
        this.bytes = bytes;
    }

    static LengthKernel ofCharacters() {
        return new LengthKernel(false);
    }

    static LengthKernel ofBytes() {
        return new LengthKernel(true);
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        BytesArgument texts = BytesArgument.of(arguments[0]);
        long[] result = ((LongVector) out).values();
        byte[] data = texts.data();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int length = texts.length(row);
            result[row] = bytes ? length : Utf8.count(data, texts.start(row), length);
        }
    }
}
