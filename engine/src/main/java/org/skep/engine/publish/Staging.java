package org.skep.engine.publish;

import org.skep.base.io.FileSystem;

/**
 * The directory in which one statement's tasks make the files of one table. Closing it deletes what
 * was not published. Safe for use by many threads.
 */
public final class Staging implements AutoCloseable {
    private final FileSystem fileSystem;
    private final String directory;

    Staging(FileSystem fileSystem, String directory) {
        this.fileSystem = fileSystem;
        this.directory = directory;
    }

    /** The directory; it exists. */
    public String directory() {
        return directory;
    }

    @Override
    public void close() {
        fileSystem.deleteTree(directory);
    }
}
