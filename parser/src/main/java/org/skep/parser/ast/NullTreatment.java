package org.skep.parser.ast;

/** What a window function does with NULL. */
public enum NullTreatment {
    IGNORE,
    RESPECT
}
