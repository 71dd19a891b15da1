package org.skep.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.skep.rpc.EmbeddedServiceProvider;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;

/**
 * Calls into this process: the provider is looked for on the driver's class path first, then on
 * that of the calling thread. Thread-safe.
 */
final class DirectTransport implements Transport {
    @Override
    public HiveService connect(JdbcUrl url) throws SQLException {
        try {
            return provider().open(url.path(), url.warehouseProperties());
        } catch (HiveServiceException e) {
            throw ServiceFailure.of(e);
        }
    }

    private static EmbeddedServiceProvider provider() throws SQLException {
        try {
            EmbeddedServiceProvider found = first(SkepDriver.class.getClassLoader());
            if (found == null) {
                found = first(Thread.currentThread().getContextClassLoader());
            }
            if (found != null) {
                return found;
            }
        } catch (ServiceConfigurationError e) {
            throw new SQLNonTransientConnectionException(
                    "Cannot load the embedded engine: " + e.getMessage(),
                    SqlState.CANNOT_CONNECT,
                    e);
        }
        throw new SQLNonTransientConnectionException(
                "Cannot open a warehouse in this process: the engine is not on the class path",
                SqlState.CANNOT_CONNECT);
    }

    private static EmbeddedServiceProvider first(ClassLoader loader) {
        Iterator<EmbeddedServiceProvider> providers =
                ServiceLoader.load(EmbeddedServiceProvider.class, loader).iterator();
        return providers.hasNext() ? providers.next() : null;
    }
}
