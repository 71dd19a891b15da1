package org.skep.types;

/** ARRAY of one element type. Immutable. */
public record ListType(DataType element) implements DataType {
    @Override
    public TypeKind kind() {
        return TypeKind.ARRAY;
    }

    @Override
    public String typeName() {
        return "array<" + element.typeName() + ">";
    }

    @Override
    public String toString() {
        return typeName();
    }
}
