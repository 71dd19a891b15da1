package org.skep.parser.ast;

import java.util.List;

/** One common table; the columns rename its output when given. Immutable. */
public record CommonTable(Identifier name, List<Identifier> columns, Query query, SourceSpan span)
        implements Node {
    public CommonTable {
        columns = List.copyOf(columns);
    }
}
