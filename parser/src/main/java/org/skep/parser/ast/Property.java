package org.skep.parser.ast;

/**
 * A key with its value, as in TBLPROPERTIES; the value is empty where only keys are listed.
 * Immutable.
 */
public record Property(String key, String value, SourceSpan span) implements Node {}
