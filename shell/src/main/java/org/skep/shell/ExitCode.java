package org.skep.shell;

/** How the command ended. Immutable. */
enum ExitCode {
    // Scripts rely on them: never renumber.
    OK(0),
    FAILED(1),
    USAGE(2),
    CANCELLED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
