package org.skep.base.io;

/**
 * Finds the file system of a location by its scheme. Implementations are safe for use by many
 * threads.
 */
@FunctionalInterface
public interface FileSystems {
    /**
     * The file system of a location such as {@code /dir}, {@code file:/dir} or {@code
     * hdfs://host/dir}.
     *
     * @throws org.skep.base.error.SkepException NOT_SUPPORTED for an unknown scheme
     */
    FileSystem of(String location);
}
