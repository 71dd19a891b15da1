package org.skep.rpc.rows;

/** The eight ways in which a column's values travel. Several SQL types share one. Immutable. */
public enum ColumnKind {
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    DOUBLE,
    /** UTF-8 text; also decimals, dates, timestamps, intervals and nested values. */
    STRING,
    BINARY
}
