package org.skep.shell.prompt;

import java.util.Locale;
import java.util.Optional;

/**
 * A line that is for the prompt and not for the engine: {@code quit}, {@code help}, {@code source
 * FILE}, with or without {@code !} before and a semicolon behind. Immutable.
 */
record PromptCommand(Kind kind, String argument) {
    static final String HELP =
            """
            A statement ends with a semicolon and may run over many lines.
              help              print this
              source FILE       run the statements of a file
              quit, exit        leave (also Ctrl-D)
              Ctrl-C            give up the line, or cancel the running statement
              TAB               complete keywords, tables and columns
            SHOW TABLES lists tables, DESCRIBE t tells columns, SHOW FUNCTIONS lists functions.""";

    enum Kind {
        QUIT,
        HELP,
        SOURCE,
        UNKNOWN
    }

    static Optional<PromptCommand> of(String line) {
        String text = line.strip();
        boolean marked = text.startsWith("!");
        if (marked) {
            text = text.substring(1);
        }
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).strip();
        }
        int blank = text.indexOf(' ');
        String word = (blank < 0 ? text : text.substring(0, blank)).toLowerCase(Locale.ROOT);
        String rest = blank < 0 ? "" : text.substring(blank + 1).strip();
        return switch (word) {
            case "quit", "exit", "done" -> ifAlone(Kind.QUIT, rest, marked);
            case "help", "?" -> ifAlone(Kind.HELP, rest, marked);
            case "source", "run" ->
                    rest.isEmpty() || (word.equals("run") && !marked)
                            ? unknown(marked, text)
                            : Optional.of(new PromptCommand(Kind.SOURCE, rest));
            default -> unknown(marked, text);
        };
    }

    private static Optional<PromptCommand> ifAlone(Kind kind, String rest, boolean marked) {
        return rest.isEmpty() || marked
                ? Optional.of(new PromptCommand(kind, rest))
                : Optional.empty();
    }

    private static Optional<PromptCommand> unknown(boolean marked, String text) {
        return marked ? Optional.of(new PromptCommand(Kind.UNKNOWN, text)) : Optional.empty();
    }
}
