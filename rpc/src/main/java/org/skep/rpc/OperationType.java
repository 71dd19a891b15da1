package org.skep.rpc;

/** What an operation does. On the wire by ordinal. Immutable. */
public enum OperationType {
    // Never reorder.
    EXECUTE_STATEMENT,
    GET_TYPE_INFO,
    GET_CATALOGS,
    GET_SCHEMAS,
    GET_TABLES,
    GET_TABLE_TYPES,
    GET_COLUMNS,
    GET_FUNCTIONS,
    /** Also everything newer than the list, such as keys. */
    UNKNOWN
}
