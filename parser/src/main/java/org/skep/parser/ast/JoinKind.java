package org.skep.parser.ast;

/** How two relations are joined. */
public enum JoinKind {
    INNER,
    LEFT_OUTER,
    RIGHT_OUTER,
    FULL_OUTER,
    CROSS,
    COMMA,
    LEFT_SEMI,
    LEFT_ANTI
}
