package org.skep.parser.ast;

import java.util.List;

/** {@code SKEWED BY (..) ON (..)}. Immutable. */
public record Skew(
        List<Identifier> columns,
        List<List<Expression>> values,
        boolean storedAsDirectories,
        SourceSpan span)
        implements Node {
    public Skew {
        columns = List.copyOf(columns);
        values = values.stream().map(List::copyOf).toList();
    }
}
