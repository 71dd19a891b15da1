package org.skep.rpc;

/** Facts to ask a service about. Numbers not listed here exist and are answered with an error. */
public enum InfoType {
    // On the wire: never renumber.
    DATA_SOURCE_NAME(2),
    SERVER_NAME(13),
    SEARCH_PATTERN_ESCAPE(14),
    DBMS_NAME(17),
    DBMS_VERSION(18),
    IDENTIFIER_CASE(28),
    IDENTIFIER_QUOTE_CHARACTER(29),
    MAX_COLUMN_NAME_LENGTH(30),
    MAX_SCHEMA_NAME_LENGTH(32),
    MAX_CATALOG_NAME_LENGTH(34),
    MAX_TABLE_NAME_LENGTH(35),
    TRANSACTION_CAPABLE(46),
    USER_NAME(47),
    MAX_IDENTIFIER_LENGTH(10005),
    ODBC_KEYWORDS(10006);

    private final int wireValue;

    InfoType(int wireValue) {
        this.wireValue = wireValue;
    }

    /** The number on the wire. */
    public int wireValue() {
        return wireValue;
    }
}
