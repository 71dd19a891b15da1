package org.skep.parser.ast;

import java.util.Optional;

/** The rows around the current one; without an end it ends at the current row. Immutable. */
public record WindowFrame(Unit unit, FrameBound start, Optional<FrameBound> end, SourceSpan span)
        implements Node {

    /** What the bounds count. */
    public enum Unit {
        ROWS,
        RANGE
    }
}
