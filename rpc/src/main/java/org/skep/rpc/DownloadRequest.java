package org.skep.rpc;

import java.util.Map;

/** Asks for the data of a table or a query in some format. Immutable. */
public final class DownloadRequest {
    private final String table;
    private final String query;
    private final String format;
    private final Map<String, String> options;

    /** A request; one of {@code table} and {@code query} may be null. */
    public DownloadRequest(String table, String query, String format, Map<String, String> options) {
        this.table = table;
        this.query = query;
        this.format = format;
        this.options = Map.copyOf(options);
    }

    /** The table's name, or null. */
    public String table() {
        return table;
    }

    /** The query, or null. */
    public String query() {
        return query;
    }

    /** The format, or null for the default one. */
    public String format() {
        return format;
    }

    /** Options of the format. */
    public Map<String, String> options() {
        return options;
    }
}
