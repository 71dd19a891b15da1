package org.skep.shell;

/**
 * Which standard streams are terminals. Immutable.
 *
 * @param input whether somebody types
 * @param output whether somebody watches
 */
record Terminals(boolean input, boolean output) {
    // The launcher knows better than the JVM, which only tells whether both are terminals.
    private static final String INPUT = "skep.shell.input-terminal";
    private static final String OUTPUT = "skep.shell.output-terminal";

    static Terminals ofProcess() {
        return new Terminals(of(INPUT), of(OUTPUT));
    }

    private static boolean of(String property) {
        String told = System.getProperty(property);
        return told == null ? System.console() != null : Boolean.parseBoolean(told);
    }
}
