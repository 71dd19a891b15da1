package org.skep.jdbc;

import java.util.Properties;
import org.skep.rpc.EmbeddedServiceProvider;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;

/** What the driver finds on the tests' class path: one fake service a path. */
public final class FakeProvider implements EmbeddedServiceProvider {
    private static String lastPath;
    private static Properties lastProperties;

    /** Made by the service loader. */
    public FakeProvider() {}

    @Override
    public HiveService open(String path, Properties properties) throws HiveServiceException {
        synchronized (FakeProvider.class) {
            lastPath = path;
            lastProperties = properties;
        }
        if (path.contains("owned")) {
            throw new HiveServiceException("Warehouse is in use by process 7: " + path, "08004", 7);
        }
        return new FakeService()
                .on(
                        "select 1",
                        Reply.column(
                                "_c0",
                                org.skep.rpc.schema.TypeId.INT,
                                org.skep.rpc.rows.IntColumn.of(java.util.List.of(1))));
    }

    static synchronized String lastPath() {
        return lastPath;
    }

    static synchronized Properties lastProperties() {
        return lastProperties;
    }
}
