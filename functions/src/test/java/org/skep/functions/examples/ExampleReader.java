package org.skep.functions.examples;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;

/**
 * Reads and computes the small part of SQL in which examples are written: literals, calls, casts,
 * {@code LIKE} and {@code =}. Confined to one thread.
 */
final class ExampleReader {
    private final String text;
    private final ExampleCalls calls;
    private int at;

    private ExampleReader(String text, ExampleCalls calls) {
        this.text = text;
        this.calls = calls;
    }

    static Datum evaluate(String text, ExampleCalls calls) {
        ExampleReader reader = new ExampleReader(text, calls);
        Datum value = reader.comparison();
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw new IllegalArgumentException(
                    "Cannot read example at %d: %s".formatted(reader.at, text));
        }
        return value;
    }

    private Datum comparison() {
        Datum left = operand();
        skipSpace();
        if (at < text.length() && text.charAt(at) == '=') {
            at++;
            Datum right = operand();
            return Datum.ofBoolean(left.value().equals(right.value()));
        }
        for (String operator : List.of("like", "rlike", "regexp")) {
            if (text.startsWith(operator + " ", at)) {
                at += operator.length();
                return calls.call(operator, List.of(left, operand()));
            }
        }
        return left;
    }

    private Datum operand() {
        Datum value = primary();
        while (at < text.length() && (text.charAt(at) == '[' || text.charAt(at) == '.')) {
            if (text.charAt(at++) == '[') {
                Datum index = comparison();
                expect(']');
                value = calls.call("index", List.of(value, index));
            } else {
                value = calls.field(value, word());
            }
        }
        return value;
    }

    private Datum primary() {
        skipSpace();
        char c = text.charAt(at);
        if (c == '\'') {
            return Datum.ofString(string());
        }
        if (c == '-' || Character.isDigit(c)) {
            return number();
        }
        String word = word();
        if (word.equals("null")) {
            return Datum.nullOf(DataType.VOID);
        }
        if (word.equals("true") || word.equals("false")) {
            return Datum.ofBoolean(word.equals("true"));
        }
        expect('(');
        if (word.equals("cast")) {
            Datum value = comparison();
            skipSpace();
            at += 3;
            int depth = 1;
            int from = at;
            while (depth > 0) {
                char next = text.charAt(at++);
                depth += next == '(' ? 1 : next == ')' ? -1 : 0;
            }
            return ExampleCalls.cast(value, DataType.parse(text.substring(from, at - 1).trim()));
        }
        List<Datum> arguments = new ArrayList<>();
        skipSpace();
        while (text.charAt(at) != ')') {
            arguments.add(comparison());
            skipSpace();
            if (text.charAt(at) == ',') {
                at++;
            }
        }
        at++;
        return calls.call(word, arguments);
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        for (at++; text.charAt(at) != '\''; at++) {
            if (text.charAt(at) == '\\') {
                at++;
                char next = text.charAt(at);
                if (next == '%' || next == '_') {
                    value.append('\\');
                }
                value.append(next == 'n' ? '\n' : next);
            } else {
                value.append(text.charAt(at));
            }
        }
        at++;
        return value.toString();
    }

    private Datum number() {
        int from = at++;
        while (at < text.length()
                && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String digits = text.substring(from, at);
        char suffix = at < text.length() ? text.charAt(at) : ' ';
        if (suffix == 'D') {
            at++;
            return Datum.ofDouble(Double.parseDouble(digits));
        }
        if (suffix == 'L') {
            at++;
            return Datum.ofLong(Long.parseLong(digits));
        }
        if (digits.indexOf('.') >= 0) {
            BigDecimal value = new BigDecimal(digits);
            return new Datum(new DecimalType(value.precision(), value.scale()), value);
        }
        long value = Long.parseLong(digits);
        return value == (int) value ? Datum.ofInt((int) value) : Datum.ofLong(value);
    }

    private String word() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(from, at).toLowerCase(Locale.ROOT);
    }

    private void expect(char c) {
        skipSpace();
        if (text.charAt(at++) != c) {
            throw new IllegalArgumentException("Expected %c at %d: %s".formatted(c, at, text));
        }
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
