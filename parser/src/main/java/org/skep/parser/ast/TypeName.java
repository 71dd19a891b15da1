package org.skep.parser.ast;

import java.util.List;

/** A type as written. Immutable. */
public sealed interface TypeName extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R simple(Simple node);

        R array(Array node);

        R mapType(MapType node);

        R struct(Struct node);

        R union(Union node);
    }

    /**
     * A primitive type; the name is Hive's own in lower case ({@code int} for INTEGER, {@code
     * decimal} for NUMERIC), the parameters are length or precision and scale.
     */
    record Simple(String name, List<Integer> parameters, SourceSpan span) implements TypeName {
        public Simple {
            parameters = List.copyOf(parameters);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.simple(this);
        }
    }

    /** {@code ARRAY<t>}. */
    record Array(TypeName element, SourceSpan span) implements TypeName {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.array(this);
        }
    }

    /** {@code MAP<k, v>}. */
    record MapType(TypeName key, TypeName value, SourceSpan span) implements TypeName {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.mapType(this);
        }
    }

    /** {@code STRUCT<a: t, ..>}. */
    record Struct(List<StructField> fields, SourceSpan span) implements TypeName {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.struct(this);
        }
    }

    /** {@code UNIONTYPE<t, ..>}. */
    record Union(List<TypeName> alternatives, SourceSpan span) implements TypeName {
        public Union {
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.union(this);
        }
    }
}
