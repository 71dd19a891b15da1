package org.skep.sqltests.corpus;

/** A statement failed in a way that users see: with a number, and a sentence with its place. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int number;

    SqlFailure(int number, String message, Throwable cause) {
        super(message, cause);
        this.number = number;
    }

    int number() {
        return number;
    }
}
