package org.skep.functions.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.call.BytesArgument;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Turns letters into upper or lower case, in no particular language. Stateless. */
final class CaseKernel implements ScalarKernel {
    private final boolean upper;

    private CaseKernel(boolean upper) {
        this.upper = upper;
    }

    static CaseKernel upper() {
        return new CaseKernel(true);
    }

    static CaseKernel lower() {
        return new CaseKernel(false);
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        BytesArgument texts = BytesArgument.of(arguments[0]);
        BytesVector result = (BytesVector) out;
        byte[] data = texts.data();
        int first = upper ? 'a' : 'A';
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int start = texts.start(row);
            int length = texts.length(row);
            if (!Utf8.isAscii(data, start, length)) {
                String text = new String(data, start, length, StandardCharsets.UTF_8);
                result.set(
                        row, upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
                continue;
            }
            int at = result.reserve(length);
            byte[] target = result.data();
            for (int i = 0; i < length; i++) {
                int value = data[start + i];
                boolean letter = value >= first && value <= first + 25;
                target[at + i] = (byte) (letter ? value ^ 0x20 : value);
            }
            result.setRun(row, at, length);
        }
    }
}
