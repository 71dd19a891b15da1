package org.skep.parser.ast;

import java.util.List;

/** {@code CLUSTERED BY (..) [SORTED BY (..)] INTO n BUCKETS}. Immutable. */
public record Bucketing(
        List<Identifier> columns, List<SortItem> sortedBy, int buckets, SourceSpan span)
        implements Node {
    public Bucketing {
        columns = List.copyOf(columns);
        sortedBy = List.copyOf(sortedBy);
    }
}
