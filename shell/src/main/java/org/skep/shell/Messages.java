package org.skep.shell;

import java.io.PrintStream;

/**
 * What people read beside results: errors, warnings, counts. Goes to standard error. Safe for use
 * by many threads, as the stream is.
 */
final class Messages {
    private final PrintStream stream;
    private final boolean quiet;

    /** Messages; {@code quiet} ones leave out counts and times. */
    Messages(PrintStream stream, boolean quiet) {
        this.stream = stream;
        this.quiet = quiet;
    }

    void error(String text) {
        stream.println(text);
        stream.flush();
    }

    /** A count or a time. */
    void remark(String text) {
        if (!quiet) {
            error(text);
        }
    }
}
