package org.skep.parser.ast;

import org.skep.base.error.SourceLocation;

/**
 * The piece of a statement that a node was read from. Immutable.
 *
 * <p>All spans are equal, so that records that hold one compare by what they mean and not by where
 * they stand.
 */
public final class SourceSpan {
    /** The span of nodes that no text stands for. */
    public static final SourceSpan NONE = new SourceSpan(new SourceLocation(1, 0), 0, 0);

    private final SourceLocation location;
    private final int start;
    private final int end;

    /**
     * A span from {@code start} to {@code end} (exclusive), offsets in UTF-16 units from the start
     * of the statement.
     */
    public SourceSpan(SourceLocation location, int start, int end) {
        this.location = location;
        this.start = start;
        this.end = end;
    }

    /** Where the span begins, as a line and a column. */
    public SourceLocation location() {
        return location;
    }

    /** The offset of the first character. */
    public int start() {
        return start;
    }

    /** The offset after the last character. */
    public int end() {
        return end;
    }

    /** The text of the span, given the statement that was parsed. */
    public String textIn(String statement) {
        return statement.substring(start, end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceSpan;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return location + "[" + start + "," + end + ")";
    }
}
