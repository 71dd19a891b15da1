package org.skep.parser.ast;

/** How many of the compared values must match. */
public enum Quantifier {
    ANY,
    ALL
}
