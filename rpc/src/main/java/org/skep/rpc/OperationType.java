package org.skep.rpc;

/** What an operation does. Immutable. */
public enum OperationType {
    // On the wire: never renumber.
    EXECUTE_STATEMENT(0),
    GET_TYPE_INFO(1),
    GET_CATALOGS(2),
    GET_SCHEMAS(3),
    GET_TABLES(4),
    GET_TABLE_TYPES(5),
    GET_COLUMNS(6),
    GET_FUNCTIONS(7),
    /** Also everything newer than the list, such as keys. */
    UNKNOWN(8);

    private final int wireValue;

    OperationType(int wireValue) {
        this.wireValue = wireValue;
    }

    /** The number on the wire. */
    public int wireValue() {
        return wireValue;
    }
}
