package org.skep.parser.ast;

import java.util.Optional;

/** A field of a struct type. Immutable. */
public record StructField(Identifier name, TypeName type, Optional<String> comment, SourceSpan span)
        implements Node {}
