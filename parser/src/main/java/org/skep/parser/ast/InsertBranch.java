package org.skep.parser.ast;

/** One target with the query that fills it. Immutable. */
public record InsertBranch(InsertTarget target, Query query, SourceSpan span) implements Node {}
