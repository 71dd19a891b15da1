package org.skep.base.io;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one kind of storage. Paths are absolute, segments parted by {@code /}; the local
 * file system takes both {@code /dir/file} and {@code file:/dir/file}. All failures are {@link
 * org.skep.base.error.SkepException}s with the codes FILE_NOT_FOUND, PERMISSION_DENIED, DISK_FULL
 * or IO_ERROR, naming the path. Safe for use by many threads.
 */
public interface FileSystem {
    /** What a file system can do beyond the least that all can. */
    enum Capability {
        /** {@link OutputFile#sync} and {@link #syncDirectory} survive a power cut. */
        DURABLE_SYNC,
        /** {@link #append} works. */
        APPEND,
        /** {@link #rename} is atomic. */
        ATOMIC_RENAME
    }

    /** What this file system can do. */
    Set<Capability> capabilities();

    /** What lies at {@code path}, if anything does. */
    Optional<FileStatus> status(String path);

    /**
     * The entries of a directory, sorted by name. While files come and go, it holds at least those
     * that were there all the time, and of two of which one takes the other's place at least one.
     */
    List<FileStatus> list(String directory);

    /** Opens a file for reading. */
    InputFile open(String path);

    /** Makes a new file; its directory must exist, the file must not. */
    OutputFile create(String path);

    /** Opens an existing file for writing at its end. */
    OutputFile append(String path);

    /**
     * Moves a file or directory; {@code to} must not exist. Not durable before the directories are
     * synced.
     */
    void rename(String from, String to);

    /**
     * Fails as {@link #rename} to another directory would for want of permission, where that can be
     * told without doing it.
     */
    default void requireMovable(String path) {
        // Whoever cannot tell lets the rename fail.
    }

    /** Whether {@link #rename} to a directory takes a file along without copying its content. */
    default boolean onSameVolume(String path, String directory) {
        return true;
    }

    /** Deletes a file or an empty directory; nothing happens if it is not there. */
    void delete(String path);

    /**
     * Deletes a file, or a directory with all that is in it; nothing happens if it is not there.
     */
    void deleteTree(String path);

    /** Makes a directory and those above it that are missing. */
    void createDirectories(String path);

    /** Returns when the content of a closed file would survive a power cut. */
    default void syncFile(String path) {
        try (OutputFile file = append(path)) {
            file.sync();
        }
    }

    /** Returns when the entries of a directory would survive a power cut. */
    void syncDirectory(String path);

    /**
     * All files below a directory, hidden names (see {@link FileStatus#hidden}) left out, sorted by
     * path.
     */
    default List<FileStatus> listRecursively(String directory) {
        List<FileStatus> files = new java.util.ArrayList<>();
        for (FileStatus entry : list(directory)) {
            if (entry.hidden()) {
                continue;
            }
            if (entry.directory()) {
                files.addAll(listRecursively(entry.path()));
            } else {
                files.add(entry);
            }
        }
        return files;
    }
}
