package org.skep.base.io;

/**
 * What a file system says of a file or directory. Immutable.
 *
 * @param path in the form in which it was asked for
 * @param length in bytes, 0 for a directory
 * @param modifiedMillis milliseconds since the epoch
 */
public record FileStatus(String path, boolean directory, long length, long modifiedMillis) {
    /** The last segment of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Whether Hive's convention hides this name from tables: it begins with {@code _} or {@code .}.
     */
    public boolean hidden() {
        String name = name();
        return name.startsWith("_") || name.startsWith(".");
    }
}
