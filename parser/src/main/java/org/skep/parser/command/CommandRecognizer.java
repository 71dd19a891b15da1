package org.skep.parser.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;

/**
 * Tells commands from SQL, as Hive does: by the first word, and for some words by the second.
 * Stateless.
 */
public final class CommandRecognizer {
    /**
     * The command that {@code statement} is, empty if it is SQL. A command that is malformed fails
     * with PARSE_ERROR.
     */
    public Optional<Command> recognize(String statement) {
        String text = statement.strip();
        String first = firstWord(text);
        if (first.length() < text.length()
                && !Character.isWhitespace(text.charAt(first.length()))) {
            return Optional.empty();
        }
        String rest = text.substring(first.length()).strip();
        return switch (first.toUpperCase(Locale.ROOT)) {
            case "SET" -> set(rest);
            case "RESET" -> Optional.of(reset(rest));
            case "DFS" -> Optional.of(new Command.Dfs(arguments(rest)));
            case "ADD" -> Optional.of(resource(Command.Resource.Action.ADD, rest));
            case "LIST" -> Optional.of(resource(Command.Resource.Action.LIST, rest));
            case "DELETE" ->
                    isWord(rest, "FROM")
                            ? Optional.empty()
                            : Optional.of(resource(Command.Resource.Action.DELETE, rest));
            case "RELOAD" -> rest.isEmpty() ? Optional.of(new Command.Reload()) : Optional.empty();
            case "COMPILE", "LLAP", "CRYPTO", "ERASURE" ->
                    Optional.of(new Command.Other(first.toUpperCase(Locale.ROOT), text));
            default -> Optional.empty();
        };
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static boolean isWord(String text, String word) {
        return firstWord(text).equalsIgnoreCase(word);
    }

    private static SkepException malformed(String message) {
        return new SkepException(ErrorCode.PARSE_ERROR, new SourceLocation(1, 0), message);
    }

    private static Optional<Command> set(String rest) {
        if (rest.isEmpty()) {
            return Optional.of(new Command.ShowVariables(false));
        }
        if (rest.equals("-v")) {
            return Optional.of(new Command.ShowVariables(true));
        }
        int equals = rest.indexOf('=');
        if (equals == 0) {
            throw malformed("Setting must have a name: set " + rest);
        }
        if (equals > 0) {
            String name = rest.substring(0, equals).strip();
            return Optional.of(new Command.SetVariable(name, rest.substring(equals + 1).strip()));
        }
        List<String> words = arguments(rest);
        if (isWord(rest, "ROLE") || isWord(rest, "AUTOCOMMIT")) {
            return Optional.empty();
        }
        if (words.size() >= 3
                && words.get(0).equalsIgnoreCase("TIME")
                && words.get(1).equalsIgnoreCase("ZONE")) {
            return Optional.of(
                    new Command.SetTimeZone(String.join(" ", words.subList(2, words.size()))));
        }
        return Optional.of(new Command.ShowVariable(rest));
    }

    private static Command reset(String rest) {
        List<String> words = arguments(rest);
        boolean toDefault = !words.isEmpty() && words.get(0).equalsIgnoreCase("-d");
        List<String> names = toDefault ? words.subList(1, words.size()) : words;
        if (toDefault && names.isEmpty()) {
            throw malformed("RESET -d must name a setting");
        }
        return new Command.Reset(toDefault, names);
    }

    private static Command resource(Command.Resource.Action action, String rest) {
        String word = firstWord(rest).toUpperCase(Locale.ROOT);
        String singular = word.endsWith("S") ? word.substring(0, word.length() - 1) : word;
        for (Command.Resource.Kind kind : Command.Resource.Kind.values()) {
            if (kind.name().equals(singular)) {
                List<String> paths = arguments(rest.substring(word.length()));
                if (action == Command.Resource.Action.ADD && paths.isEmpty()) {
                    throw malformed("ADD " + kind + " must name a file");
                }
                return new Command.Resource(action, kind, paths);
            }
        }
        throw malformed(action + " must be followed by JAR, FILE or ARCHIVE: " + rest);
    }

    /** The words of a command; quotes keep blanks in a word and are taken off. */
    private static List<String> arguments(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
