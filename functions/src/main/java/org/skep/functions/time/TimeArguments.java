package org.skep.functions.time;

import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/** Checks of arguments that the binders of this package share. Stateless. */
final class TimeArguments {
    private TimeArguments() {}

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

    /** Checks that an argument is a date, a timestamp or a text. */
    static void requireTime(String name, List<Argument> arguments, int index) {
        TypeKind kind = arguments.get(index).type().kind();
        if (!kind.isDateTime() && !kind.isCharacter() && kind != TypeKind.VOID) {
            throw wrong(name, arguments, index, "a date, a timestamp or a text");
        }
    }

    /** Checks that an argument is an integer. */
    static void requireInteger(String name, List<Argument> arguments, int index) {
        TypeKind kind = arguments.get(index).type().kind();
        if (!kind.isInteger() && kind != TypeKind.VOID) {
            throw wrong(name, arguments, index, "an integer");
        }
    }

    /** Checks that an argument is a text. */
    static void requireText(String name, List<Argument> arguments, int index) {
        TypeKind kind = arguments.get(index).type().kind();
        if (!kind.isCharacter() && kind != TypeKind.VOID) {
            throw wrong(name, arguments, index, "a text");
        }
    }

    static SkepException wrong(String name, List<Argument> arguments, int index, String wanted) {
        DataType type = arguments.get(index).type();
        return SkepException.ofArgument(
                ErrorCode.WRONG_ARGUMENT_TYPE,
                index,
                "Argument %d of %s must be %s: %s"
                        .formatted(index + 1, name, wanted, type.typeName()));
    }
}
