package org.skep.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/** How far a query is: a small table for people and one fraction for bars. Immutable. */
public final class QueryProgress {
    private final List<String> headers;
    private final List<List<String>> rows;
    private final double fraction;
    private final String footer;

    QueryProgress(List<String> headers, List<List<String>> rows, double fraction, String footer) {
        this.headers = List.copyOf(headers);
        this.rows = rows.stream().map(List::copyOf).collect(Collectors.toUnmodifiableList());
        this.fraction = fraction;
        this.footer = footer;
    }

    /** Titles of the table's columns. */
    public List<String> headers() {
        return headers;
    }

    /** The table, one row a stage. */
    public List<List<String>> rows() {
        return rows;
    }

    /** From 0 to 1. */
    public double fraction() {
        return fraction;
    }

    /** A line below the table, may be empty. */
    public String footer() {
        return footer;
    }
}
