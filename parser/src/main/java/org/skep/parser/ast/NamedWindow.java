package org.skep.parser.ast;

/** A window of the WINDOW clause. Immutable. */
public record NamedWindow(Identifier name, WindowSpec window, SourceSpan span) implements Node {}
