package org.skep.functions.aggregate;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;

/**
 * The fractions of a percentile function, one or an array of them; the same for all rows, so the
 * first row's are taken. They travel with partial results as an array. Confined to one thread.
 */
final class Fractions {
    private double[] values;

    /** The fractions, or null while no row has come. */
    double[] values() {
        return values;
    }

    /**
     * Takes the fractions of an argument at a row, unless they are known.
     *
     * @throws SkepException RUNTIME_ERROR if one is not between 0 and 1
     */
    void take(ColumnVector argument, int row) {
        if (values != null) {
            return;
        }
        ColumnVector flat = argument instanceof ConstantVector one ? one.value() : argument;
        int position = argument instanceof ConstantVector ? 0 : row;
        if (flat.isNull(position)) {
            return;
        }
        if (flat instanceof ListVector lists) {
            DoubleVector elements = (DoubleVector) lists.elements();
            double[] taken = new double[lists.lengths()[position]];
            for (int i = 0; i < taken.length; i++) {
                taken[i] = elements.values()[lists.starts()[position] + i];
            }
            set(taken);
        } else {
            set(new double[] {((DoubleVector) flat).values()[position]});
        }
    }

    private void set(double[] taken) {
        for (double fraction : taken) {
            if (!(fraction >= 0 && fraction <= 1)) {
                throw new SkepException(
                        ErrorCode.RUNTIME_ERROR, "Percentile must be between 0 and 1: " + fraction);
            }
        }
        values = taken;
    }

    /** Writes the fractions into a partial result, NULL if they are not known. */
    void write(ListVector out, int row) {
        if (values == null) {
            out.append(row, 0);
            out.setNull(row);
            return;
        }
        write(values, out, row);
    }

    /** Writes an array of doubles. */
    static void write(double[] values, ListVector out, int row) {
        int at = out.append(row, values.length);
        System.arraycopy(values, 0, ((DoubleVector) out.elements()).values(), at, values.length);
    }
}
