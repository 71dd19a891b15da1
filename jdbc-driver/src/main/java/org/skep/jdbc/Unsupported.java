package org.skep.jdbc;

import java.sql.SQLFeatureNotSupportedException;

/** What to throw for an optional part of JDBC that the driver does not have. */
final class Unsupported {
    private static final String STATE = "0A000";

    private Unsupported() {}

    static SQLFeatureNotSupportedException method(String method) {
        return new SQLFeatureNotSupportedException("Method not supported: " + method, STATE);
    }

    static SQLFeatureNotSupportedException feature(String feature) {
        return new SQLFeatureNotSupportedException(feature + " is not supported", STATE);
    }
}
