package org.skep.parser.ast;

/** LIMIT; the offset is 0 unless written. Immutable. */
public record Limit(long count, long offset, SourceSpan span) implements Node {}
