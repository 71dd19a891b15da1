package org.skep.engine.publish;

/** Paths of directories in one form, so that they can be compared. Has no state. */
final class Location {
    static final String STAGING = "_skep_staging";
    static final String TRASH = "_skep_trash";

    private Location() {}

    /** Without the scheme of the local disk and without a slash at the end. */
    static String of(String path) {
        String plain = path;
        if (plain.startsWith("file:")) {
            plain = plain.substring("file:".length());
            while (plain.startsWith("//")) {
                plain = plain.substring(1);
            }
        }
        while (plain.length() > 1 && plain.endsWith("/")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain;
    }

    /** The directory above, or an empty string. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether a path is a directory or below it. */
    static boolean within(String path, String directory) {
        return path.startsWith(directory)
                && (path.length() == directory.length() || path.charAt(directory.length()) == '/');
    }
}
