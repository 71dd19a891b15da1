package org.skep.functions.window;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binder;
import org.skep.functions.api.Binding;
import org.skep.functions.api.WindowFunction;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/** The declarations of the functions that only windows evaluate. */
public final class WindowFunctions {
    private WindowFunctions() {}

    /** All of them. */
    public static List<WindowFunction> all() {
        List<WindowFunction> functions = new ArrayList<>();
        functions.add(
                ranking(
                        "row_number",
                        DataType.INT,
                        "row_number() - The number of the row in its partition, from 1 on"));
        functions.add(
                ranking(
                        "rank",
                        DataType.INT,
                        "rank() - One more than the number of rows that come before the row"));
        functions.add(
                ranking(
                        "dense_rank",
                        DataType.INT,
                        "dense_rank() - One more than the number of different rows before the"
                                + " row"));
        functions.add(
                ranking(
                        "percent_rank",
                        DataType.DOUBLE,
                        "percent_rank() - (rank - 1) / (rows in the partition - 1)"));
        functions.add(
                ranking(
                        "cume_dist",
                        DataType.DOUBLE,
                        "cume_dist() - The share of rows that do not come after the row"));
        functions.add(
                new WindowFunction(
                        "ntile",
                        WindowFunctions::bindTile,
                        false,
                        "ntile(n) - The number of the row's bucket when the partition is cut into n"
                                + " buckets of nearly equal size"));
        functions.add(
                new WindowFunction(
                        "lag",
                        neighbour("lag"),
                        false,
                        "lag(expr[, offset[, default]]) - The value of expr offset rows before the"
                                + " row"));
        functions.add(
                new WindowFunction(
                        "lead",
                        neighbour("lead"),
                        false,
                        "lead(expr[, offset[, default]]) - The value of expr offset rows after the"
                                + " row"));
        functions.add(
                new WindowFunction(
                        "first_value",
                        edge("first_value"),
                        true,
                        "first_value(expr[, ignore_nulls]) - The value of expr in the first row of"
                                + " the frame"));
        functions.add(
                new WindowFunction(
                        "last_value",
                        edge("last_value"),
                        true,
                        "last_value(expr[, ignore_nulls]) - The value of expr in the last row of the"
                                + " frame"));
        return functions;
    }

    private static WindowFunction ranking(String name, DataType returned, String description) {
        return new WindowFunction(name, Signature.of(name, returned), false, description);
    }

    private static Binding bindTile(List<Argument> arguments) {
        Signature.checkCount("ntile", arguments, 1, 1);
        Argument buckets = arguments.get(0);
        if (!buckets.type().kind().isInteger()) {
            throw Signature.wrongType("ntile", 0, buckets.type(), "an integer");
        }
        if (buckets.isConstant() && buckets.constant().value() instanceof Long count && count < 1) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS, "Buckets of ntile must be at least 1: " + count);
        }
        return new Binding(List.of(buckets.type()), DataType.INT);
    }

    // expr, then a constant offset of 0 or more, then a default that is cast to expr's type
    private static Binder neighbour(String name) {
        return arguments -> {
            Signature.checkCount(name, arguments, 1, 3);
            DataType type = arguments.get(0).type();
            List<DataType> types = new ArrayList<>();
            types.add(type);
            if (arguments.size() > 1) {
                Argument offset = arguments.get(1);
                if (!offset.type().kind().isInteger()) {
                    throw Signature.wrongType(name, 1, offset.type(), "an integer");
                }
                boolean allowed =
                        offset.isConstant()
                                && offset.constant().value() instanceof Long rows
                                && rows >= 0;
                if (!allowed) {
                    throw new SkepException(
                            ErrorCode.WRONG_ARGUMENTS,
                            "Offset of %s must be a constant of 0 or more".formatted(name));
                }
                types.add(offset.type());
            }
            if (arguments.size() > 2) {
                types.add(type);
            }
            return new Binding(types, type);
        };
    }

    private static Binder edge(String name) {
        return arguments -> {
            Signature.checkCount(name, arguments, 1, 2);
            DataType type = arguments.get(0).type();
            List<DataType> types = new ArrayList<>();
            types.add(type);
            if (arguments.size() > 1) {
                Argument flag = arguments.get(1);
                if (flag.type().kind() != TypeKind.BOOLEAN || !flag.isConstant()) {
                    throw Signature.wrongType(name, 1, flag.type(), "a constant boolean");
                }
                types.add(DataType.BOOLEAN);
            }
            return new Binding(types, type);
        };
    }
}
