package org.skep.functions.arithmetic;

import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.coerce.TypeRules;
import org.skep.types.DataType;

/** Checks of arguments that the binders of this package share. Stateless. */
final class MathArguments {
    private MathArguments() {}

    static void requireCount(String name, List<Argument> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_COUNT,
                    "Function %s takes %s arguments: %d"
                            .formatted(
                                    name,
                                    least == most ? "" + least : least + " to " + most,
                                    arguments.size()));
        }
    }

    static void requireNumber(String name, List<Argument> arguments, int index) {
        if (!TypeRules.countsAsNumber(arguments.get(index).type().kind())) {
            throw wrong(name, arguments, index, "a number");
        }
    }

    static void requireInteger(String name, List<Argument> arguments, int index) {
        DataType type = arguments.get(index).type();
        if (!type.kind().isInteger() && !type.equals(DataType.VOID)) {
            throw wrong(name, arguments, index, "an integer");
        }
    }

    static SkepException wrong(String name, List<Argument> arguments, int index, String wanted) {
        return SkepException.ofArgument(
                ErrorCode.WRONG_ARGUMENT_TYPE,
                index,
                "Argument %d of %s must be %s: %s"
                        .formatted(
                                index + 1, name, wanted, arguments.get(index).type().typeName()));
    }

    /** The value of a constant integer, or null if it is not a constant or NULL. */
    static Long constant(List<Argument> arguments, int index) {
        Argument argument = arguments.get(index);
        return argument.isConstant() && argument.constant().value() instanceof Long value
                ? value
                : null;
    }
}
