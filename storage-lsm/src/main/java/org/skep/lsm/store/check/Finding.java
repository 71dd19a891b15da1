package org.skep.lsm.store.check;

/**
 * Something that is wrong. Immutable.
 *
 * @param kind what sort of thing
 * @param message what and where, in a sentence
 * @param repair what a repair does, or did
 */
public record Finding(Kind kind, String message, String repair) {
    /** What can be wrong. */
    public enum Kind {
        /** The write-ahead log cannot be read. */
        LOG("bad log"),
        /** The meta table cannot be read, or some of its rows. */
        META("bad meta"),
        /** A procedure cannot be understood or ended. */
        PROCEDURE("stuck procedure"),
        /** Rows of a table belong to no region. */
        HOLE("hole"),
        /** Rows of a table belong to several regions. */
        OVERLAP("overlap"),
        /** A region's directory is not in meta. */
        ORPHAN_REGION("orphan region"),
        /** A file that nothing names. */
        ORPHAN_FILE("orphan file"),
        /** A region of meta has no directory. */
        MISSING_REGION("missing region"),
        /** A file is gone that something names. */
        MISSING_FILE("missing file"),
        /** What a region or a table is cannot be read from its directory. */
        DESCRIPTION("bad description"),
        /** The list of a region's files cannot be read. */
        MANIFEST("bad manifest"),
        /** A store file cannot be read. */
        FILE("bad file"),
        /** A snapshot cannot be read, or files of it are gone. */
        SNAPSHOT("bad snapshot");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind for people. */
        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return kind.words() + ": " + message + "; repair: " + repair;
    }
}
