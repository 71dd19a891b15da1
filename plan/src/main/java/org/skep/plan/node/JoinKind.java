package org.skep.plan.node;

/** What a join makes of rows with and without a partner. */
public enum JoinKind {
    /** Pairs. */
    INNER,
    /** Pairs, and left rows without a partner with NULLs for the right. */
    LEFT_OUTER,
    /** Pairs, and right rows without a partner with NULLs for the left. */
    RIGHT_OUTER,
    /** Pairs, and the rows of both sides without a partner. */
    FULL_OUTER,
    /** Left rows with a partner, once. */
    LEFT_SEMI,
    /** Left rows for which no right row makes the condition true. */
    LEFT_ANTI,
    /**
     * All left rows with one more BOOLEAN column: true if a right row makes the condition true,
     * NULL if none does and one makes it NULL, else false.
     */
    LEFT_MARK;

    /** Whether left rows without a partner come out. */
    public boolean keepsUnmatchedLeft() {
        return this == LEFT_OUTER || this == FULL_OUTER;
    }

    /** Whether right rows without a partner come out. */
    public boolean keepsUnmatchedRight() {
        return this == RIGHT_OUTER || this == FULL_OUTER;
    }

    /** Whether the right side's columns come out. */
    public boolean showsRight() {
        return this == INNER || this == LEFT_OUTER || this == RIGHT_OUTER || this == FULL_OUTER;
    }
}
