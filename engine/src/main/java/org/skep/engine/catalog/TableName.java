package org.skep.engine.catalog;

/** Database and name of a table, both in lower case. Immutable. */
public record TableName(String database, String table) implements Comparable<TableName> {
    @Override
    public int compareTo(TableName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
