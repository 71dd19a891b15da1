package org.skep.engine.publish;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;

/**
 * The directory in which one statement's tasks make the files of one table. Closing it deletes what
 * was not published. Safe for use by many threads.
 */
public final class Staging implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Staging.class.getName());

    private final FileSystem fileSystem;
    private final RollForward rollForward;
    private final String directory;
    private final Predicate<String> needed;
    private final Consumer<String> deleted;

    Staging(
            FileSystem fileSystem,
            RollForward rollForward,
            String directory,
            Predicate<String> needed,
            Consumer<String> deleted) {
        this.fileSystem = fileSystem;
        this.rollForward = rollForward;
        this.directory = directory;
        this.needed = needed;
        this.deleted = deleted;
    }

    /** The directory; it exists. */
    public String directory() {
        return directory;
    }

    /**
     * Deletes the directory, unless a commit has yet to move files from it. Does not fail: the
     * statement is over, and what cannot be deleted now is deleted at the next opening.
     */
    @Override
    public void close() {
        if (needed.test(directory)) {
            return;
        }
        try {
            fileSystem.deleteTree(directory);
            String parent = Location.parent(directory);
            rollForward.tidy(Location.parent(parent), parent);
            deleted.accept(directory);
        } catch (SkepException e) {
            LOGGER.log(Level.WARNING, "Files are deleted later: {0}", e.getMessage());
        }
    }
}
