package org.skep.parser.ast;

import org.skep.base.error.SourceLocation;

/** A node of the syntax tree. Immutable. */
public interface Node {
    /** The piece of the statement that this node was read from. */
    SourceSpan span();

    /** Where the node begins. */
    default SourceLocation location() {
        return span().location();
    }
}
