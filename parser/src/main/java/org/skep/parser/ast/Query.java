package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** A whole query: common tables, body, order and limit. Immutable. */
public record Query(
        Optional<With> with,
        QueryBody body,
        List<SortItem> orderBy,
        List<Expression> clusterBy,
        List<Expression> distributeBy,
        List<SortItem> sortBy,
        Optional<Limit> limit,
        SourceSpan span)
        implements Node {
    public Query {
        orderBy = List.copyOf(orderBy);
        clusterBy = List.copyOf(clusterBy);
        distributeBy = List.copyOf(distributeBy);
        sortBy = List.copyOf(sortBy);
    }
}
