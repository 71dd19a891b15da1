package org.skep.functions.api;

import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * An argument as binding sees it. Immutable.
 *
 * @param constant its value if it is a constant, else null
 */
public record Argument(DataType type, Datum constant) {
    /** An argument whose value is not known at binding. */
    public static Argument of(DataType type) {
        return new Argument(type, null);
    }

    /** A constant argument. */
    public static Argument of(Datum constant) {
        return new Argument(constant.type(), constant);
    }

    /** Whether the value is known. */
    public boolean isConstant() {
        return constant != null;
    }
}
