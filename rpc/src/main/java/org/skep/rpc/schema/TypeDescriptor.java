package org.skep.rpc.schema;

import java.util.Objects;

/**
 * A column's type with its qualifiers: precision and scale of a DECIMAL, length of CHAR and
 * VARCHAR. Nested types are known by their id and, where the service says it, by their full text.
 * Immutable.
 */
public final class TypeDescriptor {
    private static final int NOT_QUALIFIED = -1;

    private final TypeId id;
    private final int precision;
    private final int scale;
    private final int length;
    private final String text;

    private TypeDescriptor(TypeId id, int precision, int scale, int length, String text) {
        this.id = Objects.requireNonNull(id, "id");
        this.precision = precision;
        this.scale = scale;
        this.length = length;
        this.text = Objects.requireNonNull(text, "text");
    }

    /** A type without qualifiers. A bare DECIMAL is DECIMAL(10,0). */
    public static TypeDescriptor of(TypeId id) {
        if (id == TypeId.DECIMAL) {
            return decimal(10, 0);
        }
        return new TypeDescriptor(
                id, NOT_QUALIFIED, NOT_QUALIFIED, NOT_QUALIFIED, id.lowerCaseName());
    }

    /** DECIMAL(precision, scale). */
    public static TypeDescriptor decimal(int precision, int scale) {
        return new TypeDescriptor(
                TypeId.DECIMAL,
                precision,
                scale,
                NOT_QUALIFIED,
                "decimal(" + precision + "," + scale + ")");
    }

    /** CHAR(length), in characters. */
    public static TypeDescriptor character(int length) {
        return new TypeDescriptor(
                TypeId.CHAR, NOT_QUALIFIED, NOT_QUALIFIED, length, "char(" + length + ")");
    }

    /** VARCHAR(length), in characters. */
    public static TypeDescriptor varchar(int length) {
        return new TypeDescriptor(
                TypeId.VARCHAR, NOT_QUALIFIED, NOT_QUALIFIED, length, "varchar(" + length + ")");
    }

    /** A nested type with its full text, such as {@code map<string,array<int>>}. */
    public static TypeDescriptor nested(TypeId id, String text) {
        if (!id.isNested()) {
            throw new IllegalArgumentException("Type is not nested: " + id);
        }
        return new TypeDescriptor(id, NOT_QUALIFIED, NOT_QUALIFIED, NOT_QUALIFIED, text);
    }

    /** Which type. */
    public TypeId id() {
        return id;
    }

    /** Digits of a DECIMAL, -1 for other types. */
    public int precision() {
        return precision;
    }

    /** Digits after the point of a DECIMAL, -1 for other types. */
    public int scale() {
        return scale;
    }

    /** Characters of CHAR or VARCHAR, -1 for other types. */
    public int length() {
        return length;
    }

    /**
     * The type as SQL writes it, such as {@code decimal(10,2)}; of a nested type only {@code map}
     * if the service did not say more.
     */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TypeDescriptor)) {
            return false;
        }
        TypeDescriptor that = (TypeDescriptor) other;
        return id == that.id
                && precision == that.precision
                && scale == that.scale
                && length == that.length
                && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, text);
    }

    @Override
    public String toString() {
        return text;
    }
}
