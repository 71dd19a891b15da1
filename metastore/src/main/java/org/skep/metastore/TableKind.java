package org.skep.metastore;

/** What a table name stands for. Stored by name: never rename. */
public enum TableKind {
    /** Files that belong to the warehouse and go when the table is dropped. */
    MANAGED,
    /** Files that stay when the table is dropped. */
    EXTERNAL,
    /** A stored query. */
    VIEW
}
