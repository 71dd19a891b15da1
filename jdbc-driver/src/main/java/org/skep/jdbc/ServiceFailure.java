package org.skep.jdbc;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import org.skep.rpc.HiveServiceException;

/** Turns the service's failures into the exceptions of java.sql, by class of their SQLSTATE. */
final class ServiceFailure {
    private ServiceFailure() {}

    /** The exception for a failure; message, state and code are the service's. */
    static SQLException of(HiveServiceException failure) {
        return of(failure, failure.sqlState());
    }

    /** The exception for a failure, with another state. */
    static SQLException of(HiveServiceException failure, String state) {
        String message = failure.getMessage();
        int code = failure.vendorCode();
        if (state.equals(SqlState.TIMED_OUT)) {
            return new SQLTimeoutException(message, state, code, failure);
        }
        switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08":
                return new SQLNonTransientConnectionException(message, state, code, failure);
            case "0A":
                return new SQLFeatureNotSupportedException(message, state, code, failure);
            case "22":
                return new SQLDataException(message, state, code, failure);
            case "23":
                return new SQLIntegrityConstraintViolationException(message, state, code, failure);
            case "28":
                return new SQLInvalidAuthorizationSpecException(message, state, code, failure);
            case "40":
                return new SQLTransactionRollbackException(message, state, code, failure);
            case "42":
                return new SQLSyntaxErrorException(message, state, code, failure);
            default:
                return new SQLException(message, state, code, failure);
        }
    }
}
