package org.skep.shell;

import java.sql.SQLException;
import java.util.Optional;
import org.skep.jdbc.ErrorLocation;
import org.skep.parser.ScriptStatement;
import org.skep.shell.print.DisplayWidth;

/**
 * Tells a failed statement: the sentence with its place in the script, the line and a caret below
 * the place. Stateless.
 */
final class ErrorReport {
    private static final int WIDEST = 160;
    private static final int CONTEXT = 60;

    private ErrorReport() {}

    static String of(SQLException error, ScriptStatement statement) {
        String message = String.valueOf(error.getMessage());
        Optional<ErrorLocation> found = ErrorLocation.of(error);
        if (found.isEmpty()) {
            return message;
        }
        ErrorLocation place = found.get();
        String told = "line " + place + " ";
        if (message.startsWith(told)) {
            message = message.substring(told.length());
        }
        StringBuilder report = new StringBuilder();
        report.append("line ").append(statement.line() + place.line() - 1);
        report.append(':').append(place.column()).append(' ').append(message);
        sourceLine(statement.text(), place).ifPresent(report::append);
        return report.toString();
    }

    private static Optional<String> sourceLine(String text, ErrorLocation place) {
        String[] lines = text.split("\r?\n", -1);
        if (place.line() > lines.length) {
            return Optional.empty();
        }
        String line = lines[place.line() - 1];
        // With variables replaced the engine counts columns of another text.
        if (text.contains("${") || place.column() > line.length()) {
            return Optional.of("\n  " + line);
        }
        int column = place.column();
        int start = 0;
        int end = line.length();
        if (line.length() > WIDEST) {
            start = boundary(line, Math.max(0, column - CONTEXT));
            end = boundary(line, Math.min(line.length(), column + CONTEXT));
        }
        String before = (start > 0 ? "…" : "") + line.substring(start, column);
        String after = line.substring(column, end) + (end < line.length() ? "…" : "");
        return Optional.of("\n  " + before + after + "\n  " + blanks(before) + "^");
    }

    private static int boundary(String line, int at) {
        return at > 0 && at < line.length() && Character.isLowSurrogate(line.charAt(at))
                ? at - 1
                : at;
    }

    private static String blanks(String before) {
        StringBuilder blanks = new StringBuilder();
        int from = 0;
        for (int tab = before.indexOf('\t'); tab >= 0; tab = before.indexOf('\t', from)) {
            blanks.append(" ".repeat(DisplayWidth.of(before.substring(from, tab)))).append('\t');
            from = tab + 1;
        }
        return blanks.append(" ".repeat(DisplayWidth.of(before.substring(from)))).toString();
    }
}
