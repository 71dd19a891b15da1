package org.skep.lsm.compact;

/**
 * Files to join: a run of those of a family, oldest first. Immutable.
 *
 * @param from index of the first
 * @param to index behind the last
 * @param all whether these are all files of the family, so that markers can be dropped
 * @param reason why they were chosen
 */
public record CompactionChoice(int from, int to, boolean all, Reason reason) {
    /** Why files are joined. */
    public enum Reason {
        /** They have become many. */
        MANY,
        /** They have become so many that anything is better than nothing. */
        STUCK,
        /** The period of joining all files has passed. */
        PERIOD,
        /** A user asked for it. */
        REQUEST,
        /** Parts of files are left over from a split. */
        SPLIT
    }

    public CompactionChoice {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("Invalid choice: %d to %d".formatted(from, to));
        }
    }

    /** How many files are joined. */
    public int files() {
        return to - from;
    }
}
