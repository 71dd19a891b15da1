package org.skep.functions.call;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binder;
import org.skep.functions.api.Binding;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/**
 * A typing rule of parameters with fixed types, of which the last ones may be left out or repeated.
 * Arguments whose values are held alike (CHAR for STRING, SMALLINT for INT) keep their types, so
 * that no cast is made for nothing; kernels read such vectors alike. Immutable.
 */
public final class Signature implements Binder {
    private final String name;
    private final List<DataType> parameters;
    private final int required;
    private final boolean repeated;
    private final DataType returned;

    private Signature(
            String name,
            List<DataType> parameters,
            int required,
            boolean repeated,
            DataType returned) {
        this.name = name;
        this.parameters = parameters;
        this.required = required;
        this.repeated = repeated;
        this.returned = returned;
    }

    /** All parameters are needed. */
    public static Signature of(String name, DataType returned, DataType... parameters) {
        return new Signature(name, List.of(parameters), parameters.length, false, returned);
    }

    /** The last {@code count} parameters may be left out. */
    public Signature optional(int count) {
        return new Signature(name, parameters, parameters.size() - count, repeated, returned);
    }

    /** The last parameter may occur any number of times, also never. */
    public Signature repeated() {
        return new Signature(name, parameters, parameters.size() - 1, true, returned);
    }

    @Override
    public Binding bind(List<Argument> arguments) {
        int most = repeated ? Integer.MAX_VALUE : parameters.size();
        checkCount(name, arguments, required, most);
        List<DataType> types = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            DataType wanted = parameters.get(Math.min(i, parameters.size() - 1));
            types.add(convert(name, i, arguments.get(i).type(), wanted));
        }
        return new Binding(types, returned);
    }

    /**
     * Checks the number of arguments.
     *
     * @throws SkepException WRONG_ARGUMENT_COUNT
     */
    public static void checkCount(String name, List<Argument> arguments, int least, int most) {
        int count = arguments.size();
        if (count >= least && count <= most) {
            return;
        }
        String range =
                least == most
                        ? "%d".formatted(least)
                        : most == Integer.MAX_VALUE
                                ? "at least %d".formatted(least)
                                : "%d to %d".formatted(least, most);
        throw new SkepException(
                ErrorCode.WRONG_ARGUMENT_COUNT,
                "Function %s must have %s arguments: %d".formatted(name, range, count));
    }

    /** The failure of an argument whose type does not do; {@code index} counts from 0. */
    public static SkepException wrongType(
            String name, int index, DataType given, String expectation) {
        return SkepException.ofArgument(
                ErrorCode.WRONG_ARGUMENT_TYPE,
                index,
                "Argument %d of function %s must be %s: %s"
                        .formatted(index + 1, name, expectation, given.typeName()));
    }

    /**
     * The type to which an argument is cast for a parameter: its own if values are held alike, else
     * the wanted one.
     *
     * @throws SkepException WRONG_ARGUMENT_TYPE
     */
    public static DataType convert(String name, int index, DataType given, DataType wanted) {
        if (given.equals(wanted)) {
            return given;
        }
        TypeKind from = given.kind();
        TypeKind to = wanted.kind();
        if (from == TypeKind.VOID) {
            return wanted;
        }
        if (to.isCharacter()) {
            if (from.isCharacter()) {
                return given;
            }
            if (!from.isNested()) {
                return wanted;
            }
        } else if (to.isInteger()) {
            if (from.isInteger()) {
                return given;
            }
            if (from.isNumeric() || from.isCharacter()) {
                return wanted;
            }
        } else if (to == TypeKind.DOUBLE) {
            if (from == TypeKind.FLOAT) {
                return given;
            }
            if (from.isNumeric() || from.isCharacter()) {
                return wanted;
            }
        } else if (to == TypeKind.BINARY && from.isCharacter()) {
            return wanted;
        }
        throw wrongType(name, index, given, wanted.typeName());
    }
}
