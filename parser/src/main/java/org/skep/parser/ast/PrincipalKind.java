package org.skep.parser.ast;

/** Whom a name means. */
public enum PrincipalKind {
    USER,
    GROUP,
    ROLE
}
