package org.skep.functions.table;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.TableFunction;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.StructVector;

/**
 * Makes a row of each element of an array or entry of a map; none for an empty or NULL one. The
 * elements of the whole batch are gathered with one copy a column. Confined to one thread.
 */
final class ExplodeKernel implements TableFunction.Kernel {
    /** What the rows hold. */
    enum Shape {
        /** The element, or key and value. */
        VALUES,
        /** The position from 0 on, then the same. */
        POSITIONS,
        /** The fields of the element, which is a struct. */
        FIELDS
    }

    private final Shape shape;
    private int[] sources = new int[0];

    ExplodeKernel(Shape shape) {
        this.shape = shape;
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments,
            Selection selection,
            int[] counts,
            ColumnVector[] out,
            EvalContext context) {
        boolean constant = arguments[0] instanceof ConstantVector;
        ColumnVector collection =
                arguments[0] instanceof ConstantVector one ? one.value() : arguments[0];
        int[] starts;
        int[] lengths;
        if (collection instanceof ListVector lists) {
            starts = lists.starts();
            lengths = lists.lengths();
        } else {
            starts = ((MapVector) collection).starts();
            lengths = ((MapVector) collection).lengths();
        }
        int total = 0;
        for (int k = 0; k < selection.count(); k++) {
            int row = constant ? 0 : selection.position(k);
            counts[k] = collection.isNull(row) ? 0 : lengths[row];
            total = Math.addExact(total, counts[k]);
        }
        if (sources.length < total) {
            sources = new int[total];
        }
        int at = 0;
        for (int k = 0; k < selection.count(); k++) {
            int start = starts[constant ? 0 : selection.position(k)];
            for (int i = 0; i < counts[k]; i++) {
                sources[at++] = start + i;
            }
        }
        int column = 0;
        if (shape == Shape.POSITIONS) {
            writePositions((LongVector) out[column++], counts, selection.count(), total);
        }
        if (collection instanceof MapVector maps) {
            out[column++].copyFrom(maps.keys(), sources, 0, total, 0);
            out[column].copyFrom(maps.values(), sources, 0, total, 0);
        } else if (shape == Shape.FIELDS) {
            writeFields((StructVector) ((ListVector) collection).elements(), out, total);
        } else {
            out[column].copyFrom(((ListVector) collection).elements(), sources, 0, total, 0);
        }
    }

    private static void writePositions(LongVector out, int[] counts, int rows, int total) {
        out.ensureCapacity(total);
        long[] values = out.values();
        int at = 0;
        for (int k = 0; k < rows; k++) {
            for (int i = 0; i < counts[k]; i++) {
                values[at++] = i;
            }
        }
    }

    // A NULL struct makes a row of NULLs.
    private void writeFields(StructVector structs, ColumnVector[] out, int total) {
        if (structs.mayHaveNulls()) {
            for (int i = 0; i < total; i++) {
                sources[i] = structs.isNull(sources[i]) ? -1 : sources[i];
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i].copyFrom(structs.field(i), sources, 0, total, 0);
        }
    }
}
