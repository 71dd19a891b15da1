package org.skep.base.error;

/** Whose fault a failure is, which decides how it is reported and whether a retry can help. */
public enum ErrorKind {
    /** The statement, a setting or the input is wrong: the user can mend it. */
    USER,
    /** A resource (memory, disk, permission, file) was missing: the operator can mend it. */
    ENVIRONMENT,
    /** Stored bytes are not what was written. */
    CORRUPTION,
    /** The statement was cancelled. */
    CANCELLED,
    /** A fault of ours. */
    INTERNAL
}
