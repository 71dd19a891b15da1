package org.skep.lsm.store.directory;

import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;

/** Makes directories that a power cut does not take away. Stateless. */
public final class Directories {
    private Directories() {}

    /**
     * Makes a directory and those above it, for good. Those that were there are synced, too, as far
     * as that is allowed: an earlier process may have made them and come to no more than that.
     *
     * @param path absolute
     */
    public static void make(FileSystem files, String path) {
        String there = path;
        while (files.status(there).isEmpty() && !there.equals(above(there))) {
            there = above(there);
        }
        boolean made = !there.equals(path);
        files.createDirectories(path);
        for (String at = path; !at.equals(above(at)); ) {
            at = above(at);
            try {
                files.syncDirectory(at);
            } catch (SkepException e) {
                if (made && at.length() >= there.length()) {
                    throw e;
                }
            }
        }
    }

    /** The directory in which a path lies; of the uppermost one itself. */
    private static String above(String path) {
        int slash = path.lastIndexOf('/');
        return slash > 0 ? path.substring(0, slash) : "/";
    }
}
