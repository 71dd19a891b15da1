package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** A column of a table. Immutable. */
public record ColumnDefinition(
        Identifier name,
        TypeName type,
        Optional<String> comment,
        List<Constraint> constraints,
        SourceSpan span)
        implements Node {
    public ColumnDefinition {
        constraints = List.copyOf(constraints);
    }
}
