package org.skep.parser.ast;

import java.util.List;

/** One item of a select list; several aliases only for table functions. Immutable. */
public record SelectItem(Expression expression, List<Identifier> aliases, SourceSpan span)
        implements Node {
    public SelectItem {
        aliases = List.copyOf(aliases);
    }
}
