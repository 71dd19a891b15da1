package org.skep.shell;

/**
 * Which standard streams are terminals. Immutable.
 *
 * @param input whether somebody types
 * @param output whether somebody watches
 */
record Terminals(boolean input, boolean output) {
    // The launcher tells, since the JVM knows neither apart; untold, nothing is a terminal.
    private static final String INPUT = "skep.shell.input-terminal";
    private static final String OUTPUT = "skep.shell.output-terminal";

    static Terminals ofProcess() {
        return new Terminals(Boolean.getBoolean(INPUT), Boolean.getBoolean(OUTPUT));
    }
}
