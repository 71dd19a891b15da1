package org.skep.parser.ast;

import java.util.List;

/** The common tables of a query, in order; each sees those before it. Immutable. */
public record With(List<CommonTable> tables, SourceSpan span) implements Node {
    public With {
        tables = List.copyOf(tables);
    }
}
