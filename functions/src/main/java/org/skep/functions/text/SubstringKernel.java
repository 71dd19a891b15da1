package org.skep.functions.text;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.call.BytesArgument;
import org.skep.functions.call.LongArgument;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Cuts out part of a text or of bytes: positions count from 1, 0 means 1, negative ones count from
 * the end. Stateless.
 */
final class SubstringKernel implements ScalarKernel {
    private final boolean binary;

    private SubstringKernel(boolean binary) {
        this.binary = binary;
    }

    static SubstringKernel ofTexts() {
        return new SubstringKernel(false);
    }

    static SubstringKernel ofBytes() {
        return new SubstringKernel(true);
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        BytesArgument texts = BytesArgument.of(arguments[0]);
        LongArgument positions = LongArgument.of(arguments[1]);
        LongArgument lengths = arguments.length > 2 ? LongArgument.of(arguments[2]) : null;
        BytesVector result = (BytesVector) out;
        byte[] data = texts.data();
        int[] rows = selection.positions();
        int count = selection.count();
        for (int k = 0; k < count; k++) {
            int row = rows == null ? k : rows[k];
            int start = texts.start(row);
            int length = texts.length(row);
            int position = positions.intAt(row);
            int wanted = lengths == null ? Integer.MAX_VALUE : lengths.intAt(row);
            if (wanted <= 0) {
                result.set(row, data, start, 0);
            } else if (binary || Utf8.isAscii(data, start, length)) {
                int from = firstIndex(position, length);
                int cut = from < 0 ? 0 : Math.min(wanted, length - from);
                result.set(row, data, start + Math.max(from, 0), cut);
            } else {
                cutCharacters(data, start, length, position, wanted, result, row);
            }
        }
    }

    private static void cutCharacters(
            byte[] data,
            int start,
            int length,
            int position,
            int wanted,
            BytesVector result,
            int row) {
        int end = start + length;
        int from = position > 0 ? position - 1 : position;
        if (from < 0) {
            from = firstIndex(position, Utf8.count(data, start, length));
            if (from < 0) {
                result.set(row, data, start, 0);
                return;
            }
        }
        int begin = Utf8.skip(data, start, end, from);
        int stop = Utf8.skip(data, begin, end, wanted);
        result.set(row, data, begin, stop - begin);
    }

    // Counted from 0, or -1 if the position lies beyond either end.
    private static int firstIndex(int position, int length) {
        if (position > 0) {
            return position > length ? -1 : position - 1;
        }
        if (position == 0) {
            return length == 0 ? -1 : 0;
        }
        return -(long) position > length ? -1 : length + position;
    }
}
