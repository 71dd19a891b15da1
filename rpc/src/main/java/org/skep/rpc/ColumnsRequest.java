package org.skep.rpc;

/** Asks for columns of tables. Immutable; null patterns mean "any". */
public final class ColumnsRequest {
    private final String catalog;
    private final String schemaPattern;
    private final String tablePattern;
    private final String columnPattern;

    /** A request. */
    public ColumnsRequest(
            String catalog, String schemaPattern, String tablePattern, String columnPattern) {
        this.catalog = catalog;
        this.schemaPattern = schemaPattern;
        this.tablePattern = tablePattern;
        this.columnPattern = columnPattern;
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

    /** A pattern for columns, or null. */
    public String columnPattern() {
        return columnPattern;
    }
}
