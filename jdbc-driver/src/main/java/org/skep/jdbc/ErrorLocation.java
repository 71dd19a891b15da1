package org.skep.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import org.skep.rpc.HiveServiceException;

/** Where in a statement an error lies, for shells that draw a caret below it. Immutable. */
public final class ErrorLocation {
    private final int line;
    private final int column;

    private ErrorLocation(int line, int column) {
        this.line = line;
        this.column = column;
    }

    /** The place that an exception of this driver names, if it names one. */
    public static Optional<ErrorLocation> of(SQLException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof HiveServiceException
                    && ((HiveServiceException) cause).line() > 0) {
                HiveServiceException failure = (HiveServiceException) cause;
                return Optional.of(new ErrorLocation(failure.line(), failure.column()));
            }
        }
        return Optional.empty();
    }

    /** The line in the statement, counted from 1. */
    public int line() {
        return line;
    }

    /** The column in the line, counted from 0 in UTF-16 units. */
    public int column() {
        return column;
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
