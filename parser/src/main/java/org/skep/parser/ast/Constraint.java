package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * A constraint of a column or a table. A column's own constraint names no columns. {@code
 * expression} is that of DEFAULT or CHECK. The traits are the words after it in upper case ({@code
 * ENABLE}, {@code NOT ENFORCED}). Immutable.
 */
public record Constraint(
        Optional<Identifier> name,
        Kind kind,
        List<Identifier> columns,
        Optional<Expression> expression,
        Optional<QualifiedName> referencedTable,
        List<Identifier> referencedColumns,
        List<String> traits,
        SourceSpan span)
        implements Node {
    public Constraint {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
        traits = List.copyOf(traits);
    }

    /** What is constrained. */
    public enum Kind {
        NOT_NULL,
        PRIMARY_KEY,
        UNIQUE,
        FOREIGN_KEY,
        CHECK,
        DEFAULT
    }
}
