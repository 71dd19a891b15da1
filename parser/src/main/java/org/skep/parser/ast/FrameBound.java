package org.skep.parser.ast;

import java.util.Optional;

/** One end of a frame; the offset is present for PRECEDING and FOLLOWING only. Immutable. */
public record FrameBound(Kind kind, Optional<Expression> offset, SourceSpan span) implements Node {

    /** Where the end lies. */
    public enum Kind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }
}
