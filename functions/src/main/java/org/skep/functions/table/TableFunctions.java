package org.skep.functions.table;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.TableFunction;
import org.skep.functions.call.Signature;
import org.skep.functions.coerce.TypeRules;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;

/** The declarations of the functions that make rows. */
public final class TableFunctions {
    private TableFunctions() {}

    /** All of them. */
    public static List<TableFunction> all() {
        return List.of(
                new TableFunction(
                        "explode",
                        arguments -> bindExplode("explode", "col", arguments, List.of()),
                        (arguments, returned) -> new ExplodeKernel(ExplodeKernel.Shape.VALUES),
                        "explode(a) - separates the elements of array a into multiple rows, or the"
                                + " elements of a map into multiple rows and columns"),
                new TableFunction(
                        "posexplode",
                        arguments ->
                                bindExplode(
                                        "posexplode",
                                        "val",
                                        arguments,
                                        List.of(new StructType.Field("pos", DataType.INT))),
                        (arguments, returned) -> new ExplodeKernel(ExplodeKernel.Shape.POSITIONS),
                        "posexplode(a) - behaves like explode for arrays, but includes the position"
                                + " of items in the original array"),
                new TableFunction(
                        "inline",
                        TableFunctions::bindInline,
                        (arguments, returned) -> new ExplodeKernel(ExplodeKernel.Shape.FIELDS),
                        "inline(ARRAY(STRUCT()[,STRUCT()]) - explodes and array and struct into a"
                                + " table"),
                new TableFunction(
                        "stack",
                        TableFunctions::bindStack,
                        (arguments, returned) -> new StackKernel(),
                        "stack(n, cols...) - turns k columns into n rows of size k/n each"),
                new TableFunction(
                        "replicate_rows",
                        TableFunctions::bindReplicate,
                        (arguments, returned) -> new ReplicateKernel(),
                        "replicate_rows(n, cols...) - turns 1 row into n rows"),
                new TableFunction(
                        "json_tuple",
                        arguments -> bindTuple("json_tuple", arguments),
                        (arguments, returned) -> new JsonTupleKernel(),
                        "json_tuple(jsonStr, p1, p2, ..., pn) - like get_json_object, but it takes"
                                + " multiple names and return a tuple"),
                new TableFunction(
                        "parse_url_tuple",
                        arguments -> bindTuple("parse_url_tuple", arguments),
                        (arguments, returned) -> new UrlTupleKernel(),
                        "parse_url_tuple(url, partname1, partname2, ..., partnameN) - extracts N"
                                + " (N>=1) parts from a URL"));
    }

    private static Binding bindExplode(
            String name, String column, List<Argument> arguments, List<StructType.Field> before) {
        Signature.checkCount(name, arguments, 1, 1);
        DataType type = arguments.get(0).type();
        List<StructType.Field> fields = new ArrayList<>(before);
        if (type instanceof ListType list) {
            fields.add(new StructType.Field(column, list.element()));
        } else if (type instanceof MapType map) {
            fields.add(new StructType.Field("key", map.key()));
            fields.add(new StructType.Field("value", map.value()));
        } else {
            throw Signature.wrongType(name, 0, type, "an array or a map");
        }
        return new Binding(List.of(type), new StructType(fields));
    }

    private static Binding bindInline(List<Argument> arguments) {
        Signature.checkCount("inline", arguments, 1, 1);
        DataType type = arguments.get(0).type();
        if (type instanceof ListType list && list.element() instanceof StructType struct) {
            return new Binding(List.of(type), struct);
        }
        throw Signature.wrongType("inline", 0, type, "an array of structs");
    }

    private static Binding bindStack(List<Argument> arguments) {
        Signature.checkCount("stack", arguments, 2, Integer.MAX_VALUE);
        Argument rows = arguments.get(0);
        if (!rows.isConstant()
                || !(rows.constant().value() instanceof Long number)
                || number < 1
                || number > Integer.MAX_VALUE / 2) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "Argument 1 of function stack must be a constant integer of 1 or more");
        }
        int rowCount = number.intValue();
        int columns = (arguments.size() - 1 + rowCount - 1) / rowCount;
        List<DataType> common = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            List<DataType> types = new ArrayList<>();
            for (int i = 1 + column; i < arguments.size(); i += columns) {
                types.add(arguments.get(i).type());
            }
            common.add(
                    TypeRules.commonType(types)
                            .orElseThrow(
                                    () ->
                                            new SkepException(
                                                    ErrorCode.WRONG_ARGUMENT_TYPE,
                                                    "Columns of stack must be of one type: "
                                                            + types)));
        }
        List<DataType> argumentTypes = new ArrayList<>();
        argumentTypes.add(rows.type());
        for (int i = 1; i < arguments.size(); i++) {
            argumentTypes.add(common.get((i - 1) % columns));
        }
        List<StructType.Field> fields = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            fields.add(new StructType.Field("col" + column, common.get(column)));
        }
        return new Binding(argumentTypes, new StructType(fields));
    }

    private static Binding bindReplicate(List<Argument> arguments) {
        Signature.checkCount("replicate_rows", arguments, 2, Integer.MAX_VALUE);
        List<DataType> types = new ArrayList<>();
        List<StructType.Field> fields = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            types.add(
                    i == 0 ? Signature.convert("replicate_rows", 0, type, DataType.BIGINT) : type);
            fields.add(new StructType.Field("col" + i, types.get(i)));
        }
        return new Binding(types, new StructType(fields));
    }

    private static Binding bindTuple(String name, List<Argument> arguments) {
        Signature.checkCount(name, arguments, 2, Integer.MAX_VALUE);
        List<DataType> types = new ArrayList<>();
        List<StructType.Field> fields = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            types.add(Signature.convert(name, i, type, DataType.STRING));
            if (i > 0) {
                fields.add(new StructType.Field("c" + (i - 1), DataType.STRING));
            }
        }
        return new Binding(types, new StructType(fields));
    }
}
