package org.skep.types;

import java.util.List;
import java.util.stream.Collectors;

/** STRUCT of named fields. Immutable. */
public record StructType(List<Field> fields) implements DataType {
    /** A field; names are lower case. */
    public record Field(String name, DataType type) {}

    /** Copies the list. */
    public StructType {
        fields = List.copyOf(fields);
    }

    /** The position of the field with this name, in any case, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.STRUCT;
    }

    @Override
    public String typeName() {
        return fields.stream()
                .map(field -> field.name() + ":" + field.type().typeName())
                .collect(Collectors.joining(",", "struct<", ">"));
    }

    @Override
    public String toString() {
        return typeName();
    }
}
