package org.skep.parser.ast;

/** A parameter of a macro. Immutable. */
public record MacroParameter(Identifier name, TypeName type, SourceSpan span) implements Node {}
