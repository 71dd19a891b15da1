package org.skep.types;

import java.util.List;
import java.util.stream.Collectors;

/** UNIONTYPE: a value is of one of several types, and knows which. Immutable. */
public record UnionType(List<DataType> alternatives) implements DataType {
    /** Copies the list. */
    public UnionType {
        alternatives = List.copyOf(alternatives);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.UNION;
    }

    @Override
    public String typeName() {
        return alternatives.stream()
                .map(DataType::typeName)
                .collect(Collectors.joining(",", "uniontype<", ">"));
    }

    @Override
    public String toString() {
        return typeName();
    }
}
