package org.skep.functions.text;

import java.util.ArrayList;
import java.util.IllegalFormatException;
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
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/** Declares printf. */
final class PrintfFunctions {
    private PrintfFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(printf());
    }

    private static ScalarFunction printf() {
        return ScalarFunction.named("printf")
                .boundBy(PrintfFunctions::bind)
                .describedAs(
                        "printf(String format, Obj... args) - function that can format strings"
                                + " according to printf-style format strings")
                .example("printf('%05d|%s', 42, 'x')", "'00042|x'")
                .example("printf('%.2f %s', 1.005D, null)", "'1.01 null'")
                .example("printf('%x', -1)", "'ffffffff'")
                .evaluatedBy(new RowKernel(PrintfFunctions::format));
    }

    // Numbers and booleans keep their types, decimals become doubles, all else becomes text.
    private static Binding bind(List<Argument> arguments) {
        Signature.checkCount("printf", arguments, 1, Integer.MAX_VALUE);
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            TypeKind kind = type.kind();
            if (i > 0 && kind == TypeKind.DECIMAL) {
                types.add(DataType.DOUBLE);
            } else if (i > 0 && (kind.isNumeric() || kind == TypeKind.BOOLEAN)) {
                types.add(type);
            } else {
                types.add(Signature.convert("printf", i, type, DataType.STRING));
            }
        }
        return new Binding(types, DataType.STRING);
    }

    private static void format(RowCall call) {
        if (call.isNull(0)) {
            return;
        }
        Object[] values = new Object[call.count() - 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = call.isNull(i + 1) ? null : value(call, i + 1);
        }
        try {
            call.returns(String.format(Locale.US, call.textAt(0), values));
        } catch (IllegalFormatException e) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "Format of printf must fit the arguments: " + call.textAt(0),
                    e);
        }
    }

    private static Object value(RowCall call, int index) {
        return switch (call.vector(index).type().kind()) {
            case BOOLEAN -> call.booleanAt(index);
            case TINYINT -> (byte) call.longAt(index);
            case SMALLINT -> (short) call.longAt(index);
            case INT -> (int) call.longAt(index);
            case BIGINT -> call.longAt(index);
            case FLOAT -> (float) call.doubleAt(index);
            case DOUBLE -> call.doubleAt(index);
            default -> call.textAt(index);
        };
    }
}
