package org.skep.parser.ast;

/** A file that a function needs; the kind is jar, file or archive. Immutable. */
public record FunctionResource(String kind, String path, SourceSpan span) implements Node {}
