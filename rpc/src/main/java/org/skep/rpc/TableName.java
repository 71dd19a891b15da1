package org.skep.rpc;

/** A table by its exact name; null parts mean "any". Immutable. */
public final class TableName {
    /** Any table. */
    public static final TableName ANY = new TableName(null, null, null);

    private final String catalog;
    private final String schema;
    private final String table;

    /** The table of that name. */
    public TableName(String catalog, String schema, String table) {
        this.catalog = catalog;
        this.schema = schema;
        this.table = table;
    }

    /** The catalogue's name, or null. */
    public String catalog() {
        return catalog;
    }

    /** The database's name, or null. */
    public String schema() {
        return schema;
    }

    /** The table's name, or null. */
    public String table() {
        return table;
    }

    @Override
    public String toString() {
        return catalog + "." + schema + "." + table;
    }
}
