package org.skep.functions.row;

import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Copies values to the same positions of another vector. Stateless. */
public final class RowCopy {
    private RowCopy() {}

    /**
     * Copies the selected rows of a flat or constant vector, NULLs included, to the same positions
     * of a flat vector of the same type that has capacity for them. A source of type VOID gives
     * NULLs.
     */
    public static void copy(ColumnVector source, Selection rows, ColumnVector out) {
        ColumnVector flat = Flat.of(source);
        int mask = Flat.mask(source);
        int[] p = rows.positions();
        for (int k = 0; k < rows.count(); k++) {
            int i = p == null ? k : p[k];
            copyRow(flat, i & mask, out, i);
        }
    }

    /** Copies one value of a flat vector, or its being NULL, to a position of another. */
    public static void copyRow(ColumnVector flat, int from, ColumnVector out, int to) {
        if (flat.isNull(from)) {
            out.setNull(to);
            return;
        }
        out.clearNull(to);
        if (flat instanceof LongVector longs) {
            ((LongVector) out).set(to, longs.values()[from], longs.nanosAt(from));
        } else if (flat instanceof DoubleVector doubles) {
            ((DoubleVector) out).values()[to] = doubles.values()[from];
        } else if (flat instanceof BooleanVector booleans) {
            ((BooleanVector) out).values()[to] = booleans.values()[from];
        } else if (flat instanceof BytesVector bytes) {
            ((BytesVector) out).set(to, bytes.data(), bytes.starts()[from], bytes.lengths()[from]);
        } else if (flat instanceof DecimalVector decimals) {
            ((DecimalVector) out).set(to, decimals.highAt(from), decimals.low()[from]);
        } else {
            out.copyOne(flat, from, to);
        }
    }
}
