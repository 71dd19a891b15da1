package org.skep.jdbc;

/** The SQLSTATEs that the driver itself gives. */
final class SqlState {
    static final String WARNING = "01000";
    static final String PARAMETER_NOT_SET = "07001";
    static final String CANNOT_CONVERT = "07006";
    static final String NO_SUCH_INDEX = "07009";
    static final String CANNOT_CONNECT = "08001";
    static final String CONNECTION_CLOSED = "08003";
    static final String NOT_AN_OPTION = "0A000";
    static final String OUT_OF_RANGE = "22003";
    static final String NOT_A_DATE = "22007";
    static final String NOT_A_VALUE = "22018";
    static final String CURSOR_STATE = "24000";
    static final String TRANSACTION_STATE = "25000";
    static final String NO_SUCH_COLUMN = "42S22";
    static final String GENERAL_ERROR = "HY000";
    static final String CANCELLED = "HY008";
    static final String INVALID_ARGUMENT = "HY024";
    static final String WRONG_SEQUENCE = "HY010";
    static final String TIMED_OUT = "HYT00";

    private SqlState() {}
}
