package org.skep.rpc;

import java.util.Properties;

/**
 * Makes services over warehouse directories in this process. Found with {@link
 * java.util.ServiceLoader}: an implementation is public, has a public constructor without
 * parameters and is named in {@code META-INF/services/org.skep.rpc.EmbeddedServiceProvider}.
 *
 * <p>The provider counts references by directory: services opened for one directory share one
 * warehouse, which is closed when the last of them is closed. Thread-safe.
 */
public interface EmbeddedServiceProvider {
    /**
     * Opens the warehouse in a directory, making it if it does not exist.
     *
     * @param path as written in the URL: absolute, or relative to the working directory
     * @param properties settings of the warehouse, never null; unknown ones are ignored
     * @throws HiveServiceException when the directory cannot be a warehouse, is of a newer format
     *     or is owned by another process
     */
    HiveService open(String path, Properties properties) throws HiveServiceException;
}
