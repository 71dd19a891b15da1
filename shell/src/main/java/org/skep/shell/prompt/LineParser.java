package org.skep.shell.prompt;

import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.skep.parser.StatementSplitter;

/**
 * Tells the line editor whether the text so far is complete: a command, or statements that all have
 * their semicolon. Confined to one thread.
 */
final class LineParser implements Parser {
    // Words are cut at blanks alone; quotes are the splitter's business.
    private final DefaultParser words =
            new DefaultParser()
                    .quoteChars(new char[0])
                    .escapeChars(new char[0])
                    .eofOnUnclosedQuote(false);

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.COMPLETE) {
            return wordAt(line, cursor);
        }
        if (context == ParseContext.ACCEPT_LINE
                || context == ParseContext.SECONDARY_PROMPT
                || context == ParseContext.UNSPECIFIED) {
            requireComplete(line);
        }
        return words.parse(line, cursor, context);
    }

    private static void requireComplete(String text) {
        if (text.isBlank() || PromptCommand.of(text).isPresent()) {
            return;
        }
        StatementSplitter splitter = new StatementSplitter();
        splitter.append(text);
        String sign =
                switch (splitter.continuation()) {
                    case NONE -> null;
                    case STATEMENT -> "";
                    case SINGLE_QUOTE -> "'";
                    case DOUBLE_QUOTE -> "\"";
                    case BACKQUOTE -> "`";
                    case COMMENT -> "*";
                };
        if (sign != null) {
            throw new EOFError(-1, -1, "Statement is not complete", sign);
        }
    }

    /**
     * The word around the cursor as names are written, so that {@code t.a} completes after the dot.
     */
    private static ParsedLine wordAt(String line, int cursor) {
        String word = line.substring(NamePlace.nameStart(line, cursor), cursor);
        return new NameAtCursor(line, word, cursor);
    }

    private record NameAtCursor(String line, String word, int cursor)
            implements CompletingParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public java.util.List<String> words() {
            return java.util.List.of(word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
