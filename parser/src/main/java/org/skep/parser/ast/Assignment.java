package org.skep.parser.ast;

/** {@code column = value}. Immutable. */
public record Assignment(QualifiedName column, Expression value, SourceSpan span) implements Node {}
