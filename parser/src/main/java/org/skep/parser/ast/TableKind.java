package org.skep.parser.ast;

/** Which table CREATE TABLE makes; PLAIN is one without a word before TABLE. */
public enum TableKind {
    PLAIN,
    MANAGED,
    EXTERNAL,
    TEMPORARY,
    TEMPORARY_EXTERNAL,
    TRANSACTIONAL;

    /** Whether the table ends with its session. */
    public boolean isTemporary() {
        return this == TEMPORARY || this == TEMPORARY_EXTERNAL;
    }

    /** Whether the files outlive the table. */
    public boolean isExternal() {
        return this == EXTERNAL || this == TEMPORARY_EXTERNAL;
    }
}
