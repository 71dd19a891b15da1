package org.skep.parser.ast;

import java.util.Optional;

/** An output column of a script. Immutable. */
public record TransformColumn(Identifier name, Optional<TypeName> type, SourceSpan span)
        implements Node {}
