package org.skep.lsm.store.directory;

import org.skep.base.io.FileSystem;

/**
 * Who may write a store: one owner at a time. A single process locks a file; several processes that
 * share a disk need an election, which whoever embeds the store supplies. Safe for use by many
 * threads.
 */
public interface Ownership {
    /**
     * Takes a directory, which exists.
     *
     * @throws org.skep.base.error.SkepException DATA_DIRECTORY_IN_USE naming the owner
     */
    Lease take(FileSystem fileSystem, String root);

    /** The right to write, until it is given up or lost. Safe for use by many threads. */
    interface Lease extends AutoCloseable {
        /**
         * Stops the caller if the right was lost. Called before tables and regions are changed, and
         * behind each sync before a write is acknowledged; so it should look at a clock and not ask
         * anybody.
         *
         * @throws org.skep.base.error.SkepException DATA_DIRECTORY_IN_USE
         */
        void check();

        /** Whether the right cannot be lost while the process lives. */
        boolean permanent();

        /** Gives the right up; another can take it at once. */
        @Override
        void close();
    }
}
