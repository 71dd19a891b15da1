package org.skep.parser.ast;

/** One branch of a CASE. Immutable. */
public record WhenClause(Expression condition, Expression result, SourceSpan span)
        implements Node {}
