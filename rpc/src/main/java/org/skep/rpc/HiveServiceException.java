package org.skep.rpc;

import java.util.Objects;

/**
 * A call or an operation that failed: a sentence for the user, a SQLSTATE and a number of the error
 * catalogue; where the statement itself is at fault, also the place. Immutable.
 */
public final class HiveServiceException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String GENERAL_ERROR = "HY000";

    private final StatusCode statusCode;
    private final String sqlState;
    private final int vendorCode;
    private final int line;
    private final int column;

    /** A failure. */
    public HiveServiceException(String message, String sqlState, int vendorCode) {
        this(message, sqlState, vendorCode, null);
    }

    /** A failure with its cause, which is for logs only and does not travel. */
    public HiveServiceException(String message, String sqlState, int vendorCode, Throwable cause) {
        this(StatusCode.ERROR, message, sqlState, vendorCode, 0, 0, cause);
    }

    private HiveServiceException(
            StatusCode statusCode,
            String message,
            String sqlState,
            int vendorCode,
            int line,
            int column,
            Throwable cause) {
        super(message, cause);
        this.statusCode = statusCode;
        this.sqlState = Objects.requireNonNull(sqlState, "sqlState");
        this.vendorCode = vendorCode;
        this.line = line;
        this.column = column;
    }

    /** The handle is unknown or closed. */
    public static HiveServiceException invalidHandle(Object handle) {
        return new HiveServiceException(
                StatusCode.INVALID_HANDLE,
                "Handle not found: " + handle,
                GENERAL_ERROR,
                0,
                0,
                0,
                null);
    }

    /** The service does not offer that. */
    public static HiveServiceException notSupported(String what) {
        return new HiveServiceException(what + " is not supported", "0A000", 0);
    }

    /**
     * The same failure with its place in the statement.
     *
     * @param atLine counted from 1
     * @param atColumn counted from 0, in UTF-16 units
     */
    public HiveServiceException at(int atLine, int atColumn) {
        HiveServiceException placed =
                new HiveServiceException(
                        statusCode, getMessage(), sqlState, vendorCode, atLine, atColumn, this);
        placed.setStackTrace(getStackTrace());
        return placed;
    }

    /** {@link StatusCode#ERROR} or {@link StatusCode#INVALID_HANDLE}. */
    public StatusCode statusCode() {
        return statusCode;
    }

    /** Five characters. */
    public String sqlState() {
        return sqlState;
    }

    /** The number in the error catalogue, 0 for none. */
    public int vendorCode() {
        return vendorCode;
    }

    /** The line in the statement, counted from 1; 0 if the place is not known. */
    public int line() {
        return line;
    }

    /** The column in the line, counted from 0 in UTF-16 units. */
    public int column() {
        return column;
    }
}
