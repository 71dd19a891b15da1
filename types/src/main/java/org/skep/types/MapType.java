package org.skep.types;

/** MAP from keys to values. Immutable. */
public record MapType(DataType key, DataType value) implements DataType {
    @Override
    public TypeKind kind() {
        return TypeKind.MAP;
    }

    @Override
    public String typeName() {
        return "map<" + key.typeName() + "," + value.typeName() + ">";
    }

    @Override
    public String toString() {
        return typeName();
    }
}
