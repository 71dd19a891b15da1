package org.skep.planner;

import java.util.List;

/**
 * What a query would give. Immutable.
 *
 * @param expandedText the query's text with table names qualified and stars written out
 */
public record DescribedQuery(List<OutputColumn> columns, String expandedText) {
    /** Copies the list. */
    public DescribedQuery {
        columns = List.copyOf(columns);
    }
}
