package org.skep.functions.collection;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.call.LongArgument;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.functions.call.ValueOrder;
import org.skep.functions.coerce.TypeRules;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;
import org.skep.types.UnionType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/** Declares the functions that look into arrays, maps and structs. */
final class AccessFunctions {
    private AccessFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                index(),
                structField(),
                extractUnion(),
                size(),
                mapKeys(),
                mapValues(),
                arrayContains(),
                arrayPosition(),
                extreme("array_min", "minimum")
                        .example("array_min(array(3, null, 1))", "1")
                        .example("array_min(array(cast(null as int)))", "NULL")
                        .evaluatedBy(new RowKernel(call -> extreme(call, -1))),
                extreme("array_max", "maximum")
                        .example("array_max(array(3, null, 1))", "3")
                        .example("array_max(array('a', 'b'))", "'b'")
                        .evaluatedBy(new RowKernel(call -> extreme(call, 1))));
    }

    private static ScalarFunction index() {
        return ScalarFunction.named("index")
                .boundBy(AccessFunctions::bindIndex)
                .nullInNullOut()
                .describedAs("index(a, n) - Returns the n-th element of a, or the value of key n")
                .example("array(1, 2, 3)[0]", "1")
                .example("array(1, 2, 3)[3]", "NULL")
                .example("array(1, 2, 3)[-1]", "NULL")
                .example("map('a', 1)['a']", "1")
                .example("map(1, 'x')['1']", "'x'")
                .evaluatedBy(new RowKernel(AccessFunctions::index));
    }

    private static Binding bindIndex(List<Argument> arguments) {
        Signature.checkCount("index", arguments, 2, 2);
        DataType collection = arguments.get(0).type();
        DataType index = arguments.get(1).type();
        if (index.kind().isNested()) {
            throw Signature.wrongType("index", 1, index, "primitive");
        }
        if (collection instanceof ListType list) {
            if (!index.kind().isInteger() && index.kind() != TypeKind.VOID) {
                throw SkepException.ofArgument(
                        ErrorCode.SEMANTIC_ERROR,
                        1,
                        "Index of an array must be an integer: " + index.typeName());
            }
            return new Binding(
                    List.of(list, Signature.convert("index", 1, index, DataType.INT)),
                    list.element());
        }
        if (collection instanceof MapType map) {
            return new Binding(List.of(map, map.key()), map.value());
        }
        throw new SkepException(
                ErrorCode.NON_COLLECTION_TYPE,
                "[] not valid on non-collection types: " + collection.typeName());
    }

    private static void index(RowCall call) {
        int row = call.position(0);
        if (call.vector(0) instanceof ListVector lists) {
            long index = call.longAt(1);
            if (index >= 0 && index < lists.lengths()[row]) {
                copyUnlessNull(call, lists.elements(), lists.starts()[row] + (int) index);
            }
            return;
        }
        MapVector maps = (MapVector) call.vector(0);
        int start = maps.starts()[row];
        for (int i = start; i < start + maps.lengths()[row]; i++) {
            if (ValueOrder.equal(maps.keys(), i, call.vector(1), call.position(1))) {
                copyUnlessNull(call, maps.values(), i);
                return;
            }
        }
    }

    private static void copyUnlessNull(RowCall call, ColumnVector source, int position) {
        if (!source.isNull(position)) {
            call.returnsCopy(source, position);
        }
    }

    private static ScalarFunction structField() {
        return ScalarFunction.named("struct_field")
                .boundBy(AccessFunctions::bindStructField)
                .nullInNullOut()
                .describedAs(
                        "struct_field(struct, ordinal) - Returns the field with that number, from 0"
                                + " on, or of an array of structs the array of that field")
                .example("named_struct('a', 1, 'b', 'x').b", "'x'")
                .example("array(struct(1, 'x'), struct(2, 'y'))[1].col2", "'y'")
                .example("struct_field(array(struct(1), struct(2)), 0)", "array(1, 2)")
                .evaluatedBy(AccessFunctions::structField);
    }

    private static Binding bindStructField(List<Argument> arguments) {
        Signature.checkCount("struct_field", arguments, 2, 2);
        DataType type = arguments.get(0).type();
        boolean inList = type instanceof ListType;
        DataType holder = type instanceof ListType list ? list.element() : type;
        if (!(holder instanceof StructType struct)) {
            throw Signature.wrongType("struct_field", 0, type, "a struct");
        }
        Argument ordinal = arguments.get(1);
        boolean known =
                ordinal.isConstant()
                        && ordinal.constant().value() instanceof Long number
                        && number >= 0
                        && number < struct.fields().size();
        if (!known) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS, "Field of struct not found: " + ordinal.constant());
        }
        int number = ((Long) ordinal.constant().value()).intValue();
        DataType field = struct.fields().get(number).type();
        return new Binding(List.of(type, ordinal.type()), inList ? new ListType(field) : field);
    }

    private static void structField(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        if (selection.count() == 0) {
            return;
        }
        int ordinal = LongArgument.of(arguments[1]).intAt(selection.position(0));
        boolean constant = arguments[0] instanceof ConstantVector;
        ColumnVector holder =
                arguments[0] instanceof ConstantVector one ? one.value() : arguments[0];
        if (holder instanceof ListVector lists) {
            ListVector result = (ListVector) out;
            ColumnVector field = ((StructVector) lists.elements()).field(ordinal);
            for (int k = 0; k < selection.count(); k++) {
                int row = selection.position(k);
                int from = constant ? 0 : row;
                int length = lists.lengths()[from];
                int at = result.append(row, length);
                int start = lists.starts()[from];
                result.elements().copyFrom(field, null, start, length, at);
                for (int i = 0; i < length; i++) {
                    if (lists.elements().isNull(start + i)) {
                        result.elements().setNull(at + i);
                    }
                }
            }
            return;
        }
        ColumnVector field = ((StructVector) holder).field(ordinal);
        if (!constant && selection.positions() == null) {
            out.copyFrom(field, null, 0, selection.count(), 0);
            return;
        }
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            out.copyOne(field, constant ? 0 : row, row);
        }
    }

    private static ScalarFunction extractUnion() {
        return ScalarFunction.named("extract_union")
                .boundBy(AccessFunctions::bindExtractUnion)
                .nullInNullOut()
                .describedAs(
                        "extract_union(union[, tag]) - Returns the value of a union if it has that"
                                + " tag, or a struct of the values of all tags")
                .example("extract_union(create_union(1, 5, 'a'), 1)", "'a'")
                .example("extract_union(create_union(1, 5, 'a'), 0)", "NULL")
                .example("extract_union(create_union(0, 5, 'a')).tag_0", "5")
                .evaluatedBy(new RowKernel(AccessFunctions::extractUnion));
    }

    private static Binding bindExtractUnion(List<Argument> arguments) {
        Signature.checkCount("extract_union", arguments, 1, 2);
        if (!(arguments.get(0).type() instanceof UnionType union)) {
            throw Signature.wrongType("extract_union", 0, arguments.get(0).type(), "a union");
        }
        List<DataType> alternatives = union.alternatives();
        if (arguments.size() == 1) {
            List<StructType.Field> fields = new ArrayList<>();
            for (int i = 0; i < alternatives.size(); i++) {
                fields.add(new StructType.Field("tag_" + i, alternatives.get(i)));
            }
            return new Binding(List.of(union), new StructType(fields));
        }
        Argument tag = arguments.get(1);
        boolean known =
                tag.isConstant()
                        && tag.constant().value() instanceof Long number
                        && number >= 0
                        && number < alternatives.size();
        if (!known) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "Tag of extract_union must be a constant between 0 and "
                            + (alternatives.size() - 1));
        }
        int number = ((Long) tag.constant().value()).intValue();
        return new Binding(List.of(union, tag.type()), alternatives.get(number));
    }

    private static void extractUnion(RowCall call) {
        UnionVector unions = (UnionVector) call.vector(0);
        int row = call.position(0);
        int tag = unions.tags()[row];
        if (call.count() > 1) {
            if (tag == call.longAt(1)) {
                copyUnlessNull(call, unions.alternative(tag), row);
            }
            return;
        }
        StructVector out = (StructVector) call.returnsInto();
        for (int i = 0; i < out.fieldCount(); i++) {
            if (i == tag) {
                out.field(i).copyOne(unions.alternative(i), row, call.row());
            } else {
                out.field(i).setNull(call.row());
            }
        }
    }

    private static ScalarFunction size() {
        return ScalarFunction.named("size")
                .boundBy(
                        arguments -> {
                            Signature.checkCount("size", arguments, 1, 1);
                            DataType type = arguments.get(0).type();
                            TypeKind kind = type.kind();
                            if (kind != TypeKind.ARRAY
                                    && kind != TypeKind.MAP
                                    && kind != TypeKind.VOID) {
                                throw Signature.wrongType("size", 0, type, "an array or map");
                            }
                            return new Binding(List.of(type), DataType.INT);
                        })
                .describedAs("size(a) - Returns the size of a, or -1 if it is NULL")
                .example("size(null)", "-1")
                .example("size(array(1, 2))", "2")
                .example("size(map('a', 1))", "1")
                .evaluatedBy(sizeKernel());
    }

    private static ScalarKernel sizeKernel() {
        return new RowKernel(
                call -> {
                    int row = call.position(0);
                    if (call.isNull(0)) {
                        call.returns(-1L);
                    } else if (call.vector(0) instanceof ListVector lists) {
                        call.returns((long) lists.lengths()[row]);
                    } else {
                        call.returns((long) ((MapVector) call.vector(0)).lengths()[row]);
                    }
                });
    }

    private static ScalarFunction mapKeys() {
        return ScalarFunction.named("map_keys")
                .boundBy(
                        arguments -> {
                            MapType map = mapArgument("map_keys", arguments);
                            return new Binding(List.of(map), new ListType(map.key()));
                        })
                .nullInNullOut()
                .describedAs(
                        "map_keys(map) - Returns an unordered array containing the keys of the input"
                                + " map")
                .example("map_keys(map('a', 1, 'b', 2))", "array('a', 'b')")
                .evaluatedBy(
                        new RowKernel(call -> entries(call, ((MapVector) call.vector(0)).keys())));
    }

    private static ScalarFunction mapValues() {
        return ScalarFunction.named("map_values")
                .boundBy(
                        arguments -> {
                            MapType map = mapArgument("map_values", arguments);
                            return new Binding(List.of(map), new ListType(map.value()));
                        })
                .nullInNullOut()
                .describedAs(
                        "map_values(map) - Returns an unordered array containing the values of the"
                                + " input map")
                .example("map_values(map('a', 1, 'b', 2))", "array(1, 2)")
                .evaluatedBy(
                        new RowKernel(
                                call -> entries(call, ((MapVector) call.vector(0)).values())));
    }

    private static MapType mapArgument(String name, List<Argument> arguments) {
        Signature.checkCount(name, arguments, 1, 1);
        if (arguments.get(0).type() instanceof MapType map) {
            return map;
        }
        throw Signature.wrongType(name, 0, arguments.get(0).type(), "a map");
    }

    private static void entries(RowCall call, ColumnVector side) {
        MapVector maps = (MapVector) call.vector(0);
        int row = call.position(0);
        ListVector out = (ListVector) call.returnsInto();
        int length = maps.lengths()[row];
        int at = out.append(call.row(), length);
        out.elements().copyFrom(side, null, maps.starts()[row], length, at);
    }

    /** Types an array and a value that is compared with its elements. */
    static Binding bindElement(String name, List<Argument> arguments, DataType returned) {
        Signature.checkCount(name, arguments, 2, 2);
        if (!(arguments.get(0).type() instanceof ListType list)) {
            throw Signature.wrongType(name, 0, arguments.get(0).type(), "an array");
        }
        DataType value = arguments.get(1).type();
        boolean alike =
                value.kind() == list.element().kind()
                        || value.kind() == TypeKind.VOID
                        || list.element().kind() == TypeKind.VOID;
        DataType element =
                TypeRules.commonType(list.element(), value)
                        .filter(type -> alike)
                        .filter(ValueOrder::isOrdered)
                        .orElseThrow(
                                () ->
                                        Signature.wrongType(
                                                name,
                                                1,
                                                value,
                                                "of type " + list.element().typeName()));
        ListType common = new ListType(element);
        return new Binding(List.of(common, element), returned == null ? common : returned);
    }

    private static ScalarFunction arrayContains() {
        return ScalarFunction.named("array_contains")
                .boundBy(arguments -> bindElement("array_contains", arguments, DataType.BOOLEAN))
                .describedAs(
                        "array_contains(array, value) - Returns TRUE if the array contains value")
                .example("array_contains(array(1, null), 2)", "false")
                .example("array_contains(array('a', 'b'), 'b')", "true")
                .example("array_contains(array(1, null), null)", "false")
                .evaluatedBy(new RowKernel(call -> call.returns(find(call) >= 0)));
    }

    private static ScalarFunction arrayPosition() {
        return ScalarFunction.named("array_position")
                .boundBy(arguments -> bindElement("array_position", arguments, DataType.INT))
                .nullInNullOut()
                .describedAs(
                        "array_position(array, element) - Returns the position of the first"
                                + " occurrence of element in array, from 1 on, or 0")
                .example("array_position(array(3, 1, 1), 1)", "2")
                .example("array_position(array(3, 1, 1), 7)", "0")
                .evaluatedBy(new RowKernel(call -> call.returns(find(call) + 1L)));
    }

    // where the value is in the array, or -1
    private static int find(RowCall call) {
        if (call.isNull(0) || call.isNull(1)) {
            return -1;
        }
        ListVector lists = (ListVector) call.vector(0);
        int row = call.position(0);
        int start = lists.starts()[row];
        for (int i = 0; i < lists.lengths()[row]; i++) {
            if (ValueOrder.equal(lists.elements(), start + i, call.vector(1), call.position(1))) {
                return i;
            }
        }
        return -1;
    }

    private static ScalarFunction.Builder extreme(String name, String which) {
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            Signature.checkCount(name, arguments, 1, 1);
                            DataType type = arguments.get(0).type();
                            if (!(type instanceof ListType list)
                                    || !ValueOrder.isOrdered(list.element())) {
                                throw Signature.wrongType(
                                        name, 0, type, "an array of values that have an order");
                            }
                            return new Binding(List.of(type), list.element());
                        })
                .nullInNullOut()
                .describedAs(
                        "%s(array) - returns the %s value in the array with elements for which order"
                                        .formatted(name, which)
                                + " is supported");
    }

    private static void extreme(RowCall call, int sign) {
        ListVector lists = (ListVector) call.vector(0);
        ColumnVector elements = lists.elements();
        int row = call.position(0);
        int start = lists.starts()[row];
        int best = -1;
        for (int i = start; i < start + lists.lengths()[row]; i++) {
            if (!elements.isNull(i)
                    && (best < 0 || ValueOrder.compare(elements, i, elements, best) * sign > 0)) {
                best = i;
            }
        }
        if (best >= 0) {
            call.returnsCopy(elements, best);
        }
    }
}
