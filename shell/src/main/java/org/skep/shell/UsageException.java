package org.skep.shell;

/** The command line cannot be understood. */
final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
