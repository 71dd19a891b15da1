package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * {@code LATERAL VIEW [OUTER] f(..) t AS a, b}. LATERAL TABLE (VALUES ..) is the function {@code
 * inline} over an array of structs. Immutable.
 */
public record LateralView(
        boolean outer,
        Expression.FunctionCall function,
        Optional<Identifier> alias,
        List<Identifier> columns,
        SourceSpan span)
        implements Node {
    public LateralView {
        columns = List.copyOf(columns);
    }
}
