package org.skep.functions.cast;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.StructVector;

/**
 * Casts of arrays, maps and structs part by part; fields are matched by position. Confined to one
 * thread.
 */
final class NestedCasts {
    private NestedCasts() {}

    static ScalarKernel kernel(DataType from, DataType to) {
        if (from instanceof ListType a && to instanceof ListType b) {
            ScalarKernel elements = Casts.kernel(a.element(), b.element());
            return (arguments, selection, out, context) ->
                    lists(elements, arguments[0], selection, (ListVector) out, context);
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            ScalarKernel keys = Casts.kernel(a.key(), b.key());
            ScalarKernel values = Casts.kernel(a.value(), b.value());
            return (arguments, selection, out, context) ->
                    maps(keys, values, arguments[0], selection, (MapVector) out, context);
        }
        StructType a = (StructType) from;
        StructType b = (StructType) to;
        ScalarKernel[] fields = new ScalarKernel[a.fields().size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = Casts.kernel(a.fields().get(i).type(), b.fields().get(i).type());
        }
        return (arguments, selection, out, context) ->
                structs(fields, arguments[0], selection, (StructVector) out, context);
    }

    private static void lists(
            ScalarKernel kernel,
            ColumnVector argument,
            Selection selection,
            ListVector out,
            EvalContext context) {
        ListVector lists = (ListVector) Flat.of(argument);
        int mask = Flat.mask(argument);
        ColumnVector gathered = ColumnVector.create(lists.elements().type(), 16);
        int total = 0;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int length = lists.lengths()[i & mask];
            int start = out.append(i, length);
            gathered.copyFrom(lists.elements(), null, lists.starts()[i & mask], length, start);
            total = start + length;
        }
        convert(kernel, gathered, Selection.all(total), out.elements(), context);
    }

    private static void maps(
            ScalarKernel keys,
            ScalarKernel values,
            ColumnVector argument,
            Selection selection,
            MapVector out,
            EvalContext context) {
        MapVector maps = (MapVector) Flat.of(argument);
        int mask = Flat.mask(argument);
        ColumnVector gatheredKeys = ColumnVector.create(maps.keys().type(), 16);
        ColumnVector gatheredValues = ColumnVector.create(maps.values().type(), 16);
        int total = 0;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int length = maps.lengths()[i & mask];
            int from = maps.starts()[i & mask];
            int start = out.append(i, length);
            gatheredKeys.copyFrom(maps.keys(), null, from, length, start);
            gatheredValues.copyFrom(maps.values(), null, from, length, start);
            total = start + length;
        }
        convert(keys, gatheredKeys, Selection.all(total), out.keys(), context);
        convert(values, gatheredValues, Selection.all(total), out.values(), context);
    }

    private static void structs(
            ScalarKernel[] kernels,
            ColumnVector argument,
            Selection selection,
            StructVector out,
            EvalContext context) {
        StructVector structs = (StructVector) Flat.of(argument);
        boolean constant = Flat.mask(argument) == 0;
        for (int f = 0; f < kernels.length; f++) {
            ColumnVector field = structs.field(f);
            if (constant) {
                ColumnVector repeated = ColumnVector.create(field.type(), selection.bound());
                repeated.copyFrom(field, new int[selection.bound()], 0, selection.bound(), 0);
                field = repeated;
            }
            convert(kernels[f], field, selection, out.field(f), context);
        }
    }

    /** Runs a null-in-null-out kernel over a flat vector that may hold NULLs. */
    private static void convert(
            ScalarKernel kernel,
            ColumnVector vector,
            Selection selection,
            ColumnVector out,
            EvalContext context) {
        if (!vector.mayHaveNulls()) {
            kernel.evaluate(new ColumnVector[] {vector}, selection, out, context);
            return;
        }
        int[] known = new int[selection.count()];
        int count = 0;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            if (vector.isNull(i)) {
                out.setNull(i);
            } else {
                known[count++] = i;
            }
        }
        kernel.evaluate(new ColumnVector[] {vector}, Selection.of(known, count), out, context);
    }
}
