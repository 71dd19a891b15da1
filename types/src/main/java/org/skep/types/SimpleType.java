package org.skep.types;

/** A type without parameters. Immutable. */
public record SimpleType(TypeKind kind) implements DataType {
    /** Refuses kinds that have parameters. */
    public SimpleType {
        if (kind == TypeKind.DECIMAL
                || kind == TypeKind.CHAR
                || kind == TypeKind.VARCHAR
                || kind.isNested()) {
            throw new IllegalArgumentException("Type needs parameters: " + kind);
        }
    }

    @Override
    public String typeName() {
        return kind.typeName();
    }

    @Override
    public String toString() {
        return typeName();
    }
}
