package org.skep.shell;

/** Where statements come from. Immutable. */
sealed interface ScriptSource {
    /** The text of an option. */
    record Text(String sql) implements ScriptSource {}

    /** A file. */
    record File(String path) implements ScriptSource {}

    /** Standard input. */
    record StandardInput() implements ScriptSource {}
}
