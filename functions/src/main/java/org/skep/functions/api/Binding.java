package org.skep.functions.api;

import java.util.List;
import org.skep.types.DataType;

/**
 * What a function makes of given arguments: the types that they must be cast to first, and the type
 * of the result. Immutable.
 */
public record Binding(List<DataType> argumentTypes, DataType returnType) {
    /** Copies the list. */
    public Binding {
        argumentTypes = List.copyOf(argumentTypes);
    }
}
