package org.skep.engine.publish;

import java.util.function.Predicate;
import org.skep.base.io.FileSystem;

/**
 * The directory in which one statement's tasks make the files of one table. Closing it deletes what
 * was not published. Safe for use by many threads.
 */
public final class Staging implements AutoCloseable {
    private final FileSystem fileSystem;
    private final RollForward rollForward;
    private final String directory;
    private final Predicate<String> mayDelete;

    Staging(
            FileSystem fileSystem,
            RollForward rollForward,
            String directory,
            Predicate<String> mayDelete) {
        this.fileSystem = fileSystem;
        this.rollForward = rollForward;
        this.directory = directory;
        this.mayDelete = mayDelete;
    }

    /** The directory; it exists. */
    public String directory() {
        return directory;
    }

    /** Deletes the directory, unless a commit has yet to move files from it. */
    @Override
    public void close() {
        if (mayDelete.test(directory)) {
            fileSystem.deleteTree(directory);
            rollForward.removeIfEmpty(Location.parent(directory));
        }
    }
}
