package org.skep.rpc.schema;

import java.util.Objects;

/** One column of a result. Immutable. */
public final class ColumnDescriptor {
    private final String name;
    private final TypeDescriptor type;
    private final String comment;

    /** A column without a comment. */
    public ColumnDescriptor(String name, TypeDescriptor type) {
        this(name, type, "");
    }

    /** A column; its place is its place in the schema. */
    public ColumnDescriptor(String name, TypeDescriptor type, String comment) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.comment = Objects.requireNonNull(comment, "comment");
    }

    /** The label, such as {@code t.a} or {@code _c0}. */
    public String name() {
        return name;
    }

    /** The type. */
    public TypeDescriptor type() {
        return type;
    }

    /** The comment, empty for none. */
    public String comment() {
        return comment;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ColumnDescriptor)) {
            return false;
        }
        ColumnDescriptor that = (ColumnDescriptor) other;
        return name.equals(that.name) && type.equals(that.type) && comment.equals(that.comment);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type);
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
