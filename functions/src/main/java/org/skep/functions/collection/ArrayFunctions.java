package org.skep.functions.collection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.functions.call.ValueOrder;
import org.skep.functions.coerce.TypeRules;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.StructType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.StructVector;

/** Declares the functions that make arrays from arrays. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                sortArray(),
                sortArrayBy(),
                arrayDistinct(),
                arrayCompact(),
                arrayRemove(),
                arrayAppend(),
                arraySlice(),
                setOperation(
                                "array_union",
                                "Returns an array of the elements in the union of array1 and array2"
                                        + " without duplicates")
                        .example("array_union(array(1, 2, 2), array(2, 3))", "array(1, 2, 3)")
                        .evaluatedByNew(() -> new RowKernel(new Union())),
                setOperation(
                                "array_intersect",
                                "Returns an array of the elements in both array1 and array2, without"
                                        + " duplicates")
                        .example(
                                "array_intersect(array(1, 2, 2, 3), array(2, 3, 4))", "array(2, 3)")
                        .evaluatedByNew(() -> new RowKernel(new Difference(true))),
                setOperation(
                                "array_except",
                                "Returns an array of the elements in array1 but not in array2,"
                                        + " without duplicates")
                        .example("array_except(array(1, 2, 3, 1), array(2))", "array(1, 3)")
                        .evaluatedByNew(() -> new RowKernel(new Difference(false))),
                arrayJoin());
    }

    private static ListType arrayArgument(String name, List<Argument> arguments) {
        if (arguments.get(0).type() instanceof ListType list) {
            return list;
        }
        throw Signature.wrongType(name, 0, arguments.get(0).type(), "an array");
    }

    private static Binding bindSame(String name, List<Argument> arguments) {
        Signature.checkCount(name, arguments, 1, 1);
        ListType list = arrayArgument(name, arguments);
        return new Binding(List.of(list), list);
    }

    /** Writes elements of an array as the result. */
    private static void returnElements(
            RowCall call, ColumnVector elements, int[] positions, int count) {
        ListVector out = (ListVector) call.returnsInto();
        int at = out.append(call.row(), count);
        if (count > 0) {
            out.elements().copyFrom(elements, positions, 0, count, at);
        }
    }

    private static ScalarFunction sortArray() {
        return ScalarFunction.named("sort_array")
                .boundBy(arguments -> bindSame("sort_array", arguments))
                .nullInNullOut()
                .describedAs(
                        "sort_array(array(obj1, obj2,...)) - Sorts the input array in ascending order"
                                + " according to the natural ordering of the array elements")
                .example("sort_array(array(3, null, 1))", "array(null, 1, 3)")
                .example("sort_array(array('b', 'a', 'C'))", "array('C', 'a', 'b')")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    ColumnVector elements =
                                            ((ListVector) call.vector(0)).elements();
                                    sort(
                                            call,
                                            (a, b) -> ValueOrder.compare(elements, a, elements, b));
                                }));
    }

    // stable
    private static void sort(RowCall call, Comparator<Integer> order) {
        ListVector lists = (ListVector) call.vector(0);
        int row = call.position(0);
        Integer[] positions = new Integer[lists.lengths()[row]];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = lists.starts()[row] + i;
        }
        Arrays.sort(positions, order);
        int[] sorted = new int[positions.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = positions[i];
        }
        returnElements(call, lists.elements(), sorted, sorted.length);
    }

    private static ScalarFunction sortArrayBy() {
        return ScalarFunction.named("sort_array_by")
                .boundBy(ArrayFunctions::bindSortArrayBy)
                .nullInNullOut()
                .describedAs(
                        "sort_array_by(array(obj1, obj2,...),'f1','f2',...,['ASC','DESC']) - Sorts the"
                                + " input tuple array in user specified order(ASC,DESC) by desired"
                                + " field[s] name")
                .example(
                        "sort_array_by(array(struct('b', 1), struct('a', 2)), 'col1')",
                        "array(struct('a', 2), struct('b', 1))")
                .example(
                        "sort_array_by(array(struct('a', 1), struct('b', 2)), 'col1', 'DESC')",
                        "array(struct('b', 2), struct('a', 1))")
                .evaluatedBy(new RowKernel(ArrayFunctions::sortBy));
    }

    private static Binding bindSortArrayBy(List<Argument> arguments) {
        Signature.checkCount("sort_array_by", arguments, 2, Integer.MAX_VALUE);
        ListType list = arrayArgument("sort_array_by", arguments);
        if (!(list.element() instanceof StructType struct)) {
            throw Signature.wrongType("sort_array_by", 0, list, "an array of structs");
        }
        List<DataType> types = new ArrayList<>();
        types.add(list);
        for (int i = 1; i < arguments.size(); i++) {
            Argument name = arguments.get(i);
            if (!name.type().kind().isCharacter()) {
                throw Signature.wrongType("sort_array_by", i, name.type(), "a string");
            }
            boolean direction = i > 1 && i == arguments.size() - 1;
            if (name.isConstant()
                    && name.constant().value() instanceof String text
                    && struct.indexOf(text) < 0
                    && !(direction && isDirection(text))) {
                throw Signature.wrongType(
                        "sort_array_by", i, struct, "the name of a field, not " + text + ", of");
            }
            types.add(name.type());
        }
        return new Binding(types, list);
    }

    private static boolean isDirection(String text) {
        String upper = text.trim().toUpperCase(Locale.ROOT);
        return upper.equals("ASC") || upper.equals("DESC");
    }

    private static void sortBy(RowCall call) {
        StructVector structs = (StructVector) ((ListVector) call.vector(0)).elements();
        StructType type = (StructType) structs.type();
        List<ColumnVector> fields = new ArrayList<>();
        int sign = 1;
        for (int i = 1; i < call.count(); i++) {
            String name = call.textAt(i);
            if (i > 1 && i == call.count() - 1 && isDirection(name)) {
                sign = name.trim().equalsIgnoreCase("DESC") ? -1 : 1;
            } else if (type.indexOf(name) >= 0) {
                fields.add(structs.field(type.indexOf(name)));
            }
        }
        int direction = sign;
        sort(
                call,
                (a, b) -> {
                    for (ColumnVector field : fields) {
                        int order = ValueOrder.compare(field, a, field, b);
                        if (order != 0) {
                            return order * direction;
                        }
                    }
                    return 0;
                });
    }

    private static ScalarFunction arrayDistinct() {
        return ScalarFunction.named("array_distinct")
                .boundBy(arguments -> bindSame("array_distinct", arguments))
                .nullInNullOut()
                .describedAs(
                        "array_distinct(array(obj1, obj2,...)) - The function returns an array of the"
                                + " same type as the input array with distinct values")
                .example("array_distinct(array(2, 1, 2, null, null))", "array(2, 1, null)")
                .evaluatedByNew(() -> new RowKernel(new Distinct()));
    }

    private static ScalarFunction arrayCompact() {
        return ScalarFunction.named("array_compact")
                .boundBy(arguments -> bindSame("array_compact", arguments))
                .nullInNullOut()
                .describedAs("array_compact(array) - Removes NULL elements from array")
                .example("array_compact(array(1, null, 2))", "array(1, 2)")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    ColumnVector elements =
                                            ((ListVector) call.vector(0)).elements();
                                    keep(call, position -> !elements.isNull(position));
                                }));
    }

    private static ScalarFunction arrayRemove() {
        return ScalarFunction.named("array_remove")
                .boundBy(arguments -> AccessFunctions.bindElement("array_remove", arguments, null))
                .nullInNullOut()
                .describedAs(
                        "array_remove(array, element) - Removes all occurrences of element from"
                                + " array")
                .example("array_remove(array(1, 2, 1, null), 1)", "array(2, null)")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    ColumnVector elements =
                                            ((ListVector) call.vector(0)).elements();
                                    keep(
                                            call,
                                            position ->
                                                    !ValueOrder.equal(
                                                            elements,
                                                            position,
                                                            call.vector(1),
                                                            call.position(1)));
                                }));
    }

    private static void keep(RowCall call, IntPredicate wanted) {
        ListVector lists = (ListVector) call.vector(0);
        int row = call.position(0);
        int start = lists.starts()[row];
        int[] kept = new int[lists.lengths()[row]];
        int count = 0;
        for (int i = start; i < start + kept.length; i++) {
            if (wanted.test(i)) {
                kept[count++] = i;
            }
        }
        returnElements(call, lists.elements(), kept, count);
    }

    private static ScalarFunction arrayAppend() {
        return ScalarFunction.named("array_append")
                .boundBy(
                        arguments -> {
                            Signature.checkCount("array_append", arguments, 2, 2);
                            ListType list = arrayArgument("array_append", arguments);
                            DataType value = arguments.get(1).type();
                            DataType element =
                                    TypeRules.commonType(list.element(), value)
                                            .orElseThrow(
                                                    () ->
                                                            Signature.wrongType(
                                                                    "array_append",
                                                                    1,
                                                                    value,
                                                                    list.element().typeName()));
                            ListType common = new ListType(element);
                            return new Binding(List.of(common, element), common);
                        })
                .describedAs("array_append(array, element) - Appends element to array")
                .example("array_append(array(1), 2)", "array(1, 2)")
                .example("array_append(array(1), null)", "array(1, null)")
                .evaluatedBy(new RowKernel(ArrayFunctions::append));
    }

    private static void append(RowCall call) {
        if (call.isNull(0)) {
            return;
        }
        ListVector lists = (ListVector) call.vector(0);
        int row = call.position(0);
        int length = lists.lengths()[row];
        ListVector out = (ListVector) call.returnsInto();
        int at = out.append(call.row(), length + 1);
        out.elements().copyFrom(lists.elements(), null, lists.starts()[row], length, at);
        out.elements().copyOne(call.vector(1), call.position(1), at + length);
    }

    private static ScalarFunction arraySlice() {
        return ScalarFunction.named("array_slice")
                .boundBy(
                        arguments -> {
                            Signature.checkCount("array_slice", arguments, 3, 3);
                            ListType list = arrayArgument("array_slice", arguments);
                            List<DataType> types = new ArrayList<>();
                            types.add(list);
                            for (int i = 1; i < 3; i++) {
                                DataType type = arguments.get(i).type();
                                types.add(Signature.convert("array_slice", i, type, DataType.INT));
                            }
                            return new Binding(types, list);
                        })
                .nullInNullOut()
                .describedAs(
                        "array_slice(array, start, length) - Returns the length elements of array"
                                + " from start on, which counts from 0; an empty array if there are"
                                + " fewer")
                .example("array_slice(array(1, 2, 3, 4), 2, 2)", "array(3, 4)")
                .example("size(array_slice(array(1, 2), 1, 2))", "0")
                .evaluatedBy(new RowKernel(ArrayFunctions::slice));
    }

    private static void slice(RowCall call) {
        ListVector lists = (ListVector) call.vector(0);
        int row = call.position(0);
        long start = call.longAt(1);
        long length = call.longAt(2);
        boolean inside = start >= 0 && length >= 0 && length <= lists.lengths()[row] - start;
        int count = inside ? (int) length : 0;
        ListVector out = (ListVector) call.returnsInto();
        int at = out.append(call.row(), count);
        if (count > 0) {
            int from = lists.starts()[row] + (int) start;
            out.elements().copyFrom(lists.elements(), null, from, count, at);
        }
    }

    private static ScalarFunction.Builder setOperation(String name, String description) {
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            Signature.checkCount(name, arguments, 2, 2);
                            DataType left = arrayArgument(name, arguments);
                            DataType right = arguments.get(1).type();
                            DataType common =
                                    TypeRules.commonType(left, right)
                                            .orElseThrow(
                                                    () ->
                                                            Signature.wrongType(
                                                                    name,
                                                                    1,
                                                                    right,
                                                                    left.typeName()));
                            return new Binding(List.of(common, common), common);
                        })
                .nullInNullOut()
                .describedAs(name + "(array1, array2) - " + description);
    }

    private static final class Distinct implements RowFunction {
        private final ValueSet seen = new ValueSet();

        @Override
        public void evaluate(RowCall call) {
            ColumnVector elements = ((ListVector) call.vector(0)).elements();
            seen.clear();
            keep(call, position -> seen.add(elements, position));
        }
    }

    private static final class Difference implements RowFunction {
        private final ValueSet others = new ValueSet();
        private final ValueSet seen = new ValueSet();
        private final boolean wanted;

        Difference(boolean wanted) {
            this.wanted = wanted;
        }

        @Override
        public void evaluate(RowCall call) {
            others.clear();
            seen.clear();
            ListVector right = (ListVector) call.vector(1);
            int row = call.position(1);
            for (int i = 0; i < right.lengths()[row]; i++) {
                others.add(right.elements(), right.starts()[row] + i);
            }
            ColumnVector elements = ((ListVector) call.vector(0)).elements();
            keep(
                    call,
                    position ->
                            others.contains(elements, position) == wanted
                                    && seen.add(elements, position));
        }
    }

    private static final class Union implements RowFunction {
        private final ValueSet seen = new ValueSet();

        @Override
        public void evaluate(RowCall call) {
            seen.clear();
            int count = 0;
            int[][] kept = new int[2][];
            int[] counts = new int[2];
            for (int side = 0; side < 2; side++) {
                ListVector lists = (ListVector) call.vector(side);
                int row = call.position(side);
                kept[side] = new int[lists.lengths()[row]];
                for (int i = 0; i < kept[side].length; i++) {
                    int position = lists.starts()[row] + i;
                    if (seen.add(lists.elements(), position)) {
                        kept[side][counts[side]++] = position;
                        count++;
                    }
                }
            }
            ListVector out = (ListVector) call.returnsInto();
            int at = out.append(call.row(), count);
            for (int side = 0; side < 2; side++) {
                ColumnVector elements = ((ListVector) call.vector(side)).elements();
                out.elements().copyFrom(elements, kept[side], 0, counts[side], at);
                at += counts[side];
            }
        }
    }

    private static ScalarFunction arrayJoin() {
        return ScalarFunction.named("array_join")
                .boundBy(
                        arguments -> {
                            Signature.checkCount("array_join", arguments, 2, 3);
                            ListType list = arrayArgument("array_join", arguments);
                            List<DataType> types = new ArrayList<>();
                            DataType element =
                                    Signature.convert(
                                            "array_join", 0, list.element(), DataType.STRING);
                            types.add(new ListType(element));
                            for (int i = 1; i < arguments.size(); i++) {
                                DataType type = arguments.get(i).type();
                                types.add(
                                        Signature.convert("array_join", i, type, DataType.STRING));
                            }
                            return new Binding(types, DataType.STRING);
                        })
                .nullInNullOut()
                .describedAs(
                        "array_join(array, delimiter, replaceNull) - concatenate the elements of an"
                                + " array with a specified delimiter; NULLs are left out unless they"
                                + " have a replacement")
                .example("array_join(array('a', null, 'b'), ',')", "'a,b'")
                .example("array_join(array('a', null, 'b'), ',', '?')", "'a,?,b'")
                .evaluatedBy(new RowKernel(ArrayFunctions::join));
    }

    private static void join(RowCall call) {
        ListVector lists = (ListVector) call.vector(0);
        BytesVector elements = (BytesVector) lists.elements();
        int row = call.position(0);
        int start = lists.starts()[row];
        BytesVector out = (BytesVector) call.returnsInto();
        int begin = out.reserve(0);
        boolean first = true;
        for (int i = start; i < start + lists.lengths()[row]; i++) {
            boolean missing = elements.isNull(i);
            if (missing && call.count() < 3) {
                continue;
            }
            if (!first) {
                append(out, call.dataOf(1), call.startOf(1), call.lengthOf(1));
            }
            first = false;
            if (missing) {
                append(out, call.dataOf(2), call.startOf(2), call.lengthOf(2));
            } else {
                append(out, elements.data(), elements.starts()[i], elements.lengths()[i]);
            }
        }
        out.setRun(call.row(), begin, out.reserve(0) - begin);
    }

    private static void append(BytesVector out, byte[] data, int start, int length) {
        int at = out.reserve(length);
        System.arraycopy(data, start, out.data(), at, length);
    }
}
