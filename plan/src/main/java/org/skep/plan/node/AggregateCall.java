package org.skep.plan.node;

import java.util.List;
import org.skep.types.DataType;

/**
 * An aggregate function over columns of the input. Immutable.
 *
 * @param function its name in the catalogue
 * @param arguments indexes of the argument columns, which have exactly the bound types; in the
 *     FINAL step the indexes of the columns with the intermediate result
 * @param argumentTypes the bound types, in every step
 * @param type the type of the (final) result
 * @param distinct only different argument rows count; SINGLE step only
 * @param filter index of a BOOLEAN column: only rows where it is true count; -1 for all
 */
public record AggregateCall(
        String function,
        List<Integer> arguments,
        List<DataType> argumentTypes,
        DataType type,
        boolean distinct,
        int filter) {
    /** Copies the lists. */
    public AggregateCall {
        arguments = List.copyOf(arguments);
        argumentTypes = List.copyOf(argumentTypes);
    }
}
