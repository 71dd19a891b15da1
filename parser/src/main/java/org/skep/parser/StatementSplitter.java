package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a script into statements at its semicolons, except those in strings, quoted names and
 * comments, and those after a backslash, which stay in the statement without it. Takes the text
 * whole or piece by piece as it is typed. Confined to one thread.
 */
public final class StatementSplitter {
    /** What the text so far is in the middle of, so that a prompt can tell. */
    public enum Continuation {
        /** Nothing: only blanks and comments since the last semicolon. */
        NONE,
        /** A statement that lacks its semicolon. */
        STATEMENT,
        /** A string in single quotes. */
        SINGLE_QUOTE,
        /** A string in double quotes. */
        DOUBLE_QUOTE,
        /** A name in backquotes. */
        BACKQUOTE,
        /** A comment that runs to its end sign. */
        COMMENT
    }

    private enum State {
        CODE,
        STRING,
        LINE_COMMENT,
        BLOCK_COMMENT
    }

    private final StringBuilder statement = new StringBuilder();
    private State state = State.CODE;
    private char quote;
    // The last character of the piece before, where the next one decides what it is.
    private char held;
    private boolean holding;
    private int line = 1;
    private int startLine = 1;
    // Where text that is more than blanks and comments ends, so that trailing comments fall away.
    private int significantEnd;

    /** The statements of a whole script; the last one needs no semicolon. */
    public static List<ScriptStatement> split(String script) {
        StatementSplitter splitter = new StatementSplitter();
        List<ScriptStatement> statements = new ArrayList<>(splitter.append(script));
        splitter.finish().ifPresent(statements::add);
        return statements;
    }

    /** Takes the next piece of text and returns the statements that it completes. */
    public List<ScriptStatement> append(String text) {
        List<ScriptStatement> complete = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (holding) {
                holding = false;
                if (takePair(held, c)) {
                    continue;
                }
                take(held);
            }
            if (decidesWithNext(c)) {
                held = c;
                holding = true;
            } else if (c == ';' && state == State.CODE) {
                cut().ifPresent(complete::add);
            } else {
                take(c);
            }
        }
        return complete;
    }

    /**
     * Takes the end of the text: what is left is a statement, finished or not. The splitter is then
     * as new.
     */
    public Optional<ScriptStatement> finish() {
        if (holding) {
            holding = false;
            take(held);
        }
        Optional<ScriptStatement> rest = cut();
        reset();
        return rest;
    }

    /** Forgets all text, as when the user gives up a statement. */
    public void reset() {
        statement.setLength(0);
        significantEnd = 0;
        state = State.CODE;
        holding = false;
        line = 1;
        startLine = 1;
    }

    /** What the text so far is in the middle of. */
    public Continuation continuation() {
        return switch (state) {
            case STRING ->
                    switch (quote) {
                        case '\'' -> Continuation.SINGLE_QUOTE;
                        case '"' -> Continuation.DOUBLE_QUOTE;
                        default -> Continuation.BACKQUOTE;
                    };
            case BLOCK_COMMENT -> Continuation.COMMENT;
            case CODE, LINE_COMMENT ->
                    significantEnd == 0 && !holding ? Continuation.NONE : Continuation.STATEMENT;
        };
    }

    private boolean decidesWithNext(char c) {
        return switch (state) {
            case CODE -> c == '-' || c == '/' || c == '\\';
            case STRING -> c == '\\' && quote != '`';
            case BLOCK_COMMENT -> c == '*';
            case LINE_COMMENT -> false;
        };
    }

    /** Takes two characters that mean something together; false if they do not. */
    private boolean takePair(char first, char second) {
        switch (state) {
            case CODE -> {
                if (first == '-' && second == '-') {
                    state = State.LINE_COMMENT;
                } else if (first == '/' && second == '*') {
                    state = State.BLOCK_COMMENT;
                } else if (first == '\\' && second == ';') {
                    take(';');
                    return true;
                } else {
                    return false;
                }
                // A comment before the statement is not part of it.
                if (significantEnd > 0) {
                    statement.append(first).append(second);
                }
                return true;
            }
            case STRING -> {
                take(first);
                appendCounted(second);
                significantEnd = statement.length();
                return true;
            }
            case BLOCK_COMMENT -> {
                if (second != '/') {
                    return false;
                }
                appendComment(first);
                appendComment(second);
                state = State.CODE;
                return true;
            }
            case LINE_COMMENT -> {
                return false;
            }
        }
        return false;
    }

    private void take(char c) {
        switch (state) {
            case CODE -> takeCode(c);
            case STRING -> {
                appendCounted(c);
                significantEnd = statement.length();
                if (c == quote) {
                    state = State.CODE;
                }
            }
            case LINE_COMMENT -> {
                appendComment(c);
                if (c == '\n') {
                    state = State.CODE;
                }
            }
            case BLOCK_COMMENT -> appendComment(c);
        }
    }

    private void takeCode(char c) {
        if (c == '\'' || c == '"' || c == '`') {
            quote = c;
            state = State.STRING;
        }
        if (Character.isWhitespace(c)) {
            appendComment(c);
            return;
        }
        if (significantEnd == 0) {
            startLine = line;
        }
        appendCounted(c);
        significantEnd = statement.length();
    }

    private void appendComment(char c) {
        if (significantEnd > 0) {
            appendCounted(c);
        } else if (c == '\n') {
            line++;
        }
    }

    private void appendCounted(char c) {
        statement.append(c);
        if (c == '\n') {
            line++;
        }
    }

    private Optional<ScriptStatement> cut() {
        String text = statement.substring(0, significantEnd);
        statement.setLength(0);
        significantEnd = 0;
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScriptStatement(text, startLine));
    }
}
