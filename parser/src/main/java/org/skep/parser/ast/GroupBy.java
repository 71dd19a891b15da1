package org.skep.parser.ast;

import java.util.List;

/**
 * GROUP BY; {@code sets} holds the grouping sets when they are written out, each a list of
 * expressions. Immutable.
 */
public record GroupBy(
        Kind kind, List<Expression> expressions, List<List<Expression>> sets, SourceSpan span)
        implements Node {
    public GroupBy {
        expressions = List.copyOf(expressions);
        sets = sets.stream().map(List::copyOf).toList();
    }

    /** Which subsets of the expressions are grouped. */
    public enum Kind {
        PLAIN,
        ROLLUP,
        CUBE,
        SETS
    }
}
