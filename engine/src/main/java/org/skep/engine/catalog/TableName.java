package org.skep.engine.catalog;

/** Database and name of a table, both in lower case. Immutable. */
public record TableName(String database, String table) {
    @Override
    public String toString() {
        return database + "." + table;
    }
}
