package org.skep.plan.node;

import org.skep.types.Datum;

/**
 * The rows around the current one that a window function sees. Immutable.
 *
 * @param rows ROWS rather than RANGE
 */
public record WindowFrame(boolean rows, Bound start, Bound end) {
    /** Kinds of bounds. */
    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /**
     * One end.
     *
     * @param offset rows, or the distance in the ordering column's values; null unless PRECEDING or
     *     FOLLOWING
     */
    public record Bound(BoundKind kind, Datum offset) {}
}
