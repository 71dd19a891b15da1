package org.skep.parser.ast;

import java.util.Optional;

/** A column name of a view. Immutable. */
public record ViewColumn(Identifier name, Optional<String> comment, SourceSpan span)
        implements Node {}
