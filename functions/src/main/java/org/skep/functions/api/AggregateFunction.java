package org.skep.functions.api;

import java.util.List;
import java.util.function.BiFunction;
import org.skep.types.DataType;

/**
 * The declaration of an aggregate function. Immutable.
 *
 * @param name in lower case
 * @param aliases other names
 * @param binder the typing rule
 * @param intermediateTypes from the bound argument types and return type to the columns in which
 *     partial results travel
 * @param accumulators makes the accumulator of a task from the bound argument types and return type
 * @param ignoresDuplicates whether DISTINCT changes nothing, as for min and max
 * @param description for DESCRIBE FUNCTION
 */
public record AggregateFunction(
        String name,
        List<String> aliases,
        Binder binder,
        BiFunction<List<DataType>, DataType, List<DataType>> intermediateTypes,
        BiFunction<List<DataType>, DataType, Accumulator> accumulators,
        boolean ignoresDuplicates,
        String description) {
    /** Copies the list. */
    public AggregateFunction {
        aliases = List.copyOf(aliases);
    }

    /** Types a call; see {@link Binder#bind}. */
    public Binding bind(List<Argument> arguments) {
        return binder.bind(arguments);
    }

    /** The columns in which partial results travel. */
    public List<DataType> intermediateTypes(List<DataType> argumentTypes, DataType returnType) {
        return intermediateTypes.apply(argumentTypes, returnType);
    }

    /** A new accumulator. */
    public Accumulator accumulator(List<DataType> argumentTypes, DataType returnType) {
        return accumulators.apply(argumentTypes, returnType);
    }
}
