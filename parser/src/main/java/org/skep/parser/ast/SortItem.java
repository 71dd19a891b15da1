package org.skep.parser.ast;

import java.util.Optional;

/** One key of an order; what is not written is for the binder to choose. Immutable. */
public record SortItem(
        Expression expression, Direction direction, Optional<Nulls> nulls, SourceSpan span)
        implements Node {

    /** Which way. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** Where NULL goes. */
    public enum Nulls {
        FIRST,
        LAST
    }
}
