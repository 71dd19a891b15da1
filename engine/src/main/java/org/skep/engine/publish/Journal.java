package org.skep.engine.publish;

import java.time.Instant;
import java.util.List;

/**
 * What is to happen to files once a commit is in the catalogue: enough to finish it in another
 * process. Written before the commit, never changed. {@code docs/formats/warehouse.md} has its
 * bytes. Immutable.
 *
 * @param id unique, also part of names of files
 * @param queryId of the statement
 * @param stagings directories that may be deleted when all moves are done, or when there was no
 *     commit
 */
record Journal(String id, String queryId, Instant time, List<Part> parts, List<String> stagings) {
    /** Copies the lists. */
    Journal {
        parts = List.copyOf(parts);
        stagings = List.copyOf(stagings);
    }

    /**
     * What happens to the files of one table. Immutable.
     *
     * @param tableId empty for a table that the commit creates
     * @param database the table's name after the commit
     * @param table the table's name after the commit
     * @param dropped whether the commit drops the table
     * @param roots the directories of the table before and after
     * @param moves files that become part of the table, or that move with it
     * @param retired files that are no longer part of it, on their way to the trash
     * @param emptied directories that go if nothing is in them, deepest first
     */
    record Part(
            String tableId,
            String database,
            String table,
            boolean dropped,
            List<String> roots,
            List<FileMove> moves,
            List<FileMove> retired,
            List<String> emptied) {
        /** Copies the lists. */
        Part {
            roots = List.copyOf(roots);
            moves = List.copyOf(moves);
            retired = List.copyOf(retired);
            emptied = List.copyOf(emptied);
        }

        /** Whether files change at all. */
        boolean touchesFiles() {
            return !moves.isEmpty() || !retired.isEmpty() || !emptied.isEmpty();
        }
    }

    /** Whether the catalogue itself names it, since no table is left to do so. */
    boolean namedByCatalogue() {
        return parts.stream().allMatch(Part::dropped);
    }
}
