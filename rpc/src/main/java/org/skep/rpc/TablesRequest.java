package org.skep.rpc;

import java.util.List;

/** Asks for tables. Immutable; null patterns mean "any". */
public final class TablesRequest {
    private final String catalog;
    private final String schemaPattern;
    private final String tablePattern;
    private final List<String> tableTypes;

    /**
     * A request.
     *
     * @param tableTypes such as TABLE, VIEW, MATERIALIZED_VIEW; null or empty for all
     */
    public TablesRequest(
            String catalog, String schemaPattern, String tablePattern, List<String> tableTypes) {
        this.catalog = catalog;
        this.schemaPattern = schemaPattern;
        this.tablePattern = tablePattern;
        this.tableTypes = tableTypes == null ? List.of() : List.copyOf(tableTypes);
    }

    /** The catalogue's name, or null. */
    public String catalog() {
        return catalog;
    }

    /** A pattern for databases, or null. */
    public String schemaPattern() {
        return schemaPattern;
    }

    /** A pattern for tables, or null. */
    public String tablePattern() {
        return tablePattern;
    }

    /** The types wanted; empty for all. */
    public List<String> tableTypes() {
        return tableTypes;
    }
}
