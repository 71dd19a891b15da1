package org.skep.functions.collection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
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
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/** Declares the functions that make arrays, maps, structs and unions. */
final class ConstructorFunctions {
    private ConstructorFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(array(), map(), struct(), namedStruct(), createUnion());
    }

    private static ScalarFunction array() {
        return ScalarFunction.named("array")
                .boundBy(ConstructorFunctions::bindArray)
                .describedAs("array(n0, n1...) - Creates an array with the given elements")
                .example("array(1, 2, 3)[0]", "1")
                .example("array(1, 'a')", "array('1', 'a')")
                .example("size(array())", "0")
                .evaluatedBy(new RowKernel(ConstructorFunctions::array));
    }

    private static Binding bindArray(List<Argument> arguments) {
        DataType element = common("array", arguments, 0, 1);
        return new Binding(Collections.nCopies(arguments.size(), element), new ListType(element));
    }

    /**
     * The common type of every {@code step}-th argument from {@code first} on; STRING if nothing is
     * known of it.
     */
    private static DataType common(String name, List<Argument> arguments, int first, int step) {
        DataType common = DataType.VOID;
        for (int i = first; i < arguments.size(); i += step) {
            DataType type = arguments.get(i).type();
            DataType before = common;
            int index = i;
            common =
                    TypeRules.commonType(before, type)
                            .orElseThrow(
                                    () ->
                                            SkepException.ofArgument(
                                                    ErrorCode.WRONG_ARGUMENT_TYPE,
                                                    index,
                                                    "Arguments of %s must have a common type: %s, %s"
                                                            .formatted(
                                                                    name,
                                                                    before.typeName(),
                                                                    type.typeName())));
        }
        return common.kind() == TypeKind.VOID ? DataType.STRING : common;
    }

    private static void array(RowCall call) {
        ListVector out = (ListVector) call.returnsInto();
        int at = out.append(call.row(), call.count());
        for (int i = 0; i < call.count(); i++) {
            out.elements().copyOne(call.vector(i), call.position(i), at + i);
        }
    }

    private static ScalarFunction map() {
        return ScalarFunction.named("map")
                .boundBy(ConstructorFunctions::bindMap)
                .describedAs(
                        "map(key0, value0, key1, value1...) - Creates a map with the given key/value"
                                + " pairs")
                .example("map('a', 1, 'a', 2)", "map('a', 2)")
                .example("map(1, 'a', 2, 'b')[2]", "'b'")
                .example("map('a', 1)['b']", "NULL")
                .evaluatedBy(new RowKernel(ConstructorFunctions::map));
    }

    private static Binding bindMap(List<Argument> arguments) {
        if (arguments.size() % 2 != 0) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_COUNT,
                    "Arguments of map must be pairs of keys and values: " + arguments.size());
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            if (arguments.get(i).type().kind().isNested()) {
                throw Signature.wrongType("map", i, arguments.get(i).type(), "primitive");
            }
        }
        DataType key = common("map", arguments, 0, 2);
        DataType value = common("map", arguments, 1, 2);
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            types.add(i % 2 == 0 ? key : value);
        }
        return new Binding(types, new MapType(key, value));
    }

    // Of equal keys the last value wins, at the first one's place.
    private static void map(RowCall call) {
        MapVector out = (MapVector) call.returnsInto();
        int start = out.append(call.row(), call.count() / 2);
        int size = 0;
        for (int i = 0; i < call.count(); i += 2) {
            int at = start;
            while (at < start + size
                    && !ValueOrder.equal(out.keys(), at, call.vector(i), call.position(i))) {
                at++;
            }
            if (at == start + size) {
                out.keys().copyOne(call.vector(i), call.position(i), at);
                size++;
            }
            out.values().copyOne(call.vector(i + 1), call.position(i + 1), at);
        }
        out.lengths()[call.row()] = size;
    }

    private static ScalarFunction struct() {
        return ScalarFunction.named("struct")
                .boundBy(
                        arguments -> {
                            Signature.checkCount("struct", arguments, 1, Integer.MAX_VALUE);
                            List<StructType.Field> fields = new ArrayList<>();
                            for (int i = 0; i < arguments.size(); i++) {
                                fields.add(
                                        new StructType.Field(
                                                "col" + (i + 1), arguments.get(i).type()));
                            }
                            return new Binding(
                                    arguments.stream().map(Argument::type).toList(),
                                    new StructType(fields));
                        })
                .describedAs(
                        "struct(col1, col2, col3, ...) - Creates a struct with the given field"
                                + " values")
                .example("struct(1, 'x').col1", "1")
                .evaluatedBy(new RowKernel(call -> struct(call, 0, 1)));
    }

    private static ScalarFunction namedStruct() {
        return ScalarFunction.named("named_struct")
                .boundBy(ConstructorFunctions::bindNamedStruct)
                .describedAs(
                        "named_struct(name1, val1, name2, val2, ...) - Creates a struct with the"
                                + " given field names and values")
                .example("named_struct('a', 1, 'B', 'x').b", "'x'")
                .evaluatedBy(new RowKernel(call -> struct(call, 1, 2)));
    }

    private static Binding bindNamedStruct(List<Argument> arguments) {
        if (arguments.isEmpty() || arguments.size() % 2 != 0) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_COUNT,
                    "Arguments of named_struct must be pairs of names and values: "
                            + arguments.size());
        }
        List<StructType.Field> fields = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            Argument name = arguments.get(i);
            if (!name.isConstant() || !(name.constant().value() instanceof String text)) {
                throw Signature.wrongType("named_struct", i, name.type(), "a constant string");
            }
            fields.add(
                    new StructType.Field(
                            text.toLowerCase(Locale.ROOT), arguments.get(i + 1).type()));
        }
        return new Binding(arguments.stream().map(Argument::type).toList(), new StructType(fields));
    }

    private static void struct(RowCall call, int first, int step) {
        StructVector out = (StructVector) call.returnsInto();
        for (int i = first; i < call.count(); i += step) {
            ColumnVector field = out.field(i / step);
            field.copyOne(call.vector(i), call.position(i), call.row());
        }
    }

    private static ScalarFunction createUnion() {
        return ScalarFunction.named("create_union")
                .boundBy(
                        arguments -> {
                            Signature.checkCount("create_union", arguments, 2, 128);
                            DataType tag = arguments.get(0).type();
                            if (!tag.kind().isInteger()) {
                                throw Signature.wrongType("create_union", 0, tag, "an integer");
                            }
                            List<DataType> types = arguments.stream().map(Argument::type).toList();
                            return new Binding(
                                    types, new UnionType(types.subList(1, types.size())));
                        })
                .describedAs(
                        "create_union(tag, obj1, obj2, obj3, ...) - Creates a union with the object"
                                + " for given tag")
                .example("extract_union(create_union(1, 5, 'a'), 1)", "'a'")
                .evaluatedBy(new RowKernel(ConstructorFunctions::union));
    }

    private static void union(RowCall call) {
        if (call.isNull(0)) {
            return;
        }
        long tag = call.longAt(0);
        if (tag < 0 || tag >= call.count() - 1L) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "Tag of create_union must be between 0 and %d: %d"
                            .formatted(call.count() - 2, tag));
        }
        UnionVector out = (UnionVector) call.returnsInto();
        int i = (int) tag;
        out.tags()[call.row()] = (byte) i;
        out.alternative(i).copyOne(call.vector(i + 1), call.position(i + 1), call.row());
    }
}
