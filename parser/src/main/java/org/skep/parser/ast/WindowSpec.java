package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * What OVER says; {@code base} names a window of the WINDOW clause that this one begins with.
 * Immutable.
 */
public record WindowSpec(
        Optional<Identifier> base,
        List<Expression> partitionBy,
        List<SortItem> orderBy,
        Optional<WindowFrame> frame,
        SourceSpan span)
        implements Node {
    public WindowSpec {
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
    }
}
