package org.skep.parser.ast;

/** Which table CREATE TABLE makes; PLAIN is one without a word before TABLE. */
public enum TableKind {
    PLAIN,
    MANAGED,
    EXTERNAL,
    TEMPORARY,
    TEMPORARY_EXTERNAL,
    TRANSACTIONAL
}
