package org.skep.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/** Unwrapping, which is the same for all objects of the driver. */
abstract class JdbcObject implements Wrapper {
    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("Cannot unwrap to " + type.getName(), "HY000");
        }
        return type.cast(this);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
