package org.skep.plan.node;

import java.util.List;
import org.skep.types.DataType;

/**
 * A function over a window: one of the catalogue's window functions, or an aggregate. Immutable.
 *
 * @param arguments indexes of the argument columns, which have exactly the bound types
 * @param ignoreNulls IGNORE NULLS was said
 */
public record WindowCall(
        String function,
        List<Integer> arguments,
        List<DataType> argumentTypes,
        DataType type,
        boolean distinct,
        boolean ignoreNulls,
        WindowFrame frame) {
    /** Copies the lists. */
    public WindowCall {
        arguments = List.copyOf(arguments);
        argumentTypes = List.copyOf(argumentTypes);
    }
}
