package org.skep.functions.cast;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.VarcharType;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueFormatter;
import org.skep.types.text.ValueText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Casts to STRING, VARCHAR, CHAR and BINARY. Texts longer than VARCHAR or CHAR allow are cut, which
 * counts as damage unless only blanks go; CHAR loses its blanks at the end, and has them again as
 * BINARY. Confined to one thread.
 */
final class TextCasts implements ScalarKernel {
    private final DataType from;
    private final int most;
    private final boolean trimmed;
    private final int padded;
    private final ByteSink sink = new ByteSink();

    private TextCasts(DataType from, DataType to) {
        this.from = from;
        trimmed = to.kind() == TypeKind.CHAR;
        padded = from instanceof CharType type && to.kind() == TypeKind.BINARY ? type.length() : 0;
        if (to instanceof CharType type) {
            most = type.length();
        } else if (to instanceof VarcharType type) {
            most = type.length();
        } else {
            most = Integer.MAX_VALUE;
        }
    }

    static ScalarKernel kernel(DataType from, DataType to) {
        return new TextCasts(from, to);
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        ColumnVector vector = Flat.of(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        BytesVector results = (BytesVector) out;
        int cut = 0;
        if (vector instanceof BytesVector bytes) {
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                int at = i & mask;
                cut += set(bytes.data(), bytes.starts()[at], bytes.lengths()[at], results, i);
            }
        } else {
            ValueFormatter formatter = formatter(context);
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                sink.reset();
                formatter.append(vector, i & mask, sink);
                cut += set(sink.data(), 0, sink.length(), results, i);
            }
        }
        if (cut > 0) {
            context.damage(Damage.TRUNCATED, cut);
        }
    }

    private ValueFormatter formatter(EvalContext context) {
        if (from.kind() == TypeKind.BOOLEAN) {
            return (vector, row, out) ->
                    out.appendAscii(((BooleanVector) vector).values()[row] ? "TRUE" : "FALSE");
        }
        return ValueText.formatter(from, context.zone());
    }

    private int set(byte[] data, int start, int length, BytesVector out, int row) {
        int kept = most >= length ? length : cut(data, start, length);
        int lost = 0;
        for (int i = start + kept; lost == 0 && i < start + length; i++) {
            lost = data[i] == ' ' ? 0 : 1;
        }
        if (trimmed) {
            while (kept > 0 && data[start + kept - 1] == ' ') {
                kept--;
            }
        }
        if (padded > 0) {
            pad(data, start, kept, out, row);
        } else {
            out.set(row, data, start, kept);
        }
        return lost;
    }

    // The blanks of a CHAR that vectors leave out are among its bytes.
    private void pad(byte[] data, int start, int length, BytesVector out, int row) {
        int characters = 0;
        for (int i = start; i < start + length; i++) {
            characters += (data[i] & 0xc0) == 0x80 ? 0 : 1;
        }
        sink.reset();
        sink.append(data, start, length);
        for (int i = characters; i < padded; i++) {
            sink.appendAscii(" ");
        }
        out.set(row, sink.data(), 0, sink.length());
    }

    private int cut(byte[] data, int start, int length) {
        int characters = 0;
        for (int i = 0; i < length; i++) {
            if ((data[start + i] & 0xc0) != 0x80 && characters++ == most) {
                return i;
            }
        }
        return length;
    }
}
