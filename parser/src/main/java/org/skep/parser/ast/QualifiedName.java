package org.skep.parser.ast;

import java.util.List;
import java.util.stream.Collectors;

/** A dotted name of at least one part. Immutable. */
public record QualifiedName(List<Identifier> parts, SourceSpan span) implements Node {
    public QualifiedName {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A name needs at least one part");
        }
    }

    /** The last part: the name within its qualifier. */
    public Identifier last() {
        return parts.get(parts.size() - 1);
    }

    /** The whole name in lower case, parts joined by dots. */
    @Override
    public String toString() {
        return parts.stream().map(Identifier::name).collect(Collectors.joining("."));
    }
}
