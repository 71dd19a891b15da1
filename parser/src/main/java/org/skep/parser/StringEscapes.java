package org.skep.parser;

/** The escapes of string literals, as Hive reads them. */
final class StringEscapes {
    private StringEscapes() {}

    /** The value of one literal, given with its quotes. */
    static String valueOf(String literal) {
        int end = literal.length() - 1;
        if (literal.indexOf('\\') < 0) {
            return literal.substring(1, end);
        }
        StringBuilder value = new StringBuilder(literal.length());
        int i = 1;
        while (i < end) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 >= end) {
                value.append(c);
                i++;
            } else {
                i = appendEscape(literal, i + 1, end, value);
            }
        }
        return value.toString();
    }

    /** Reads the escape whose letter is at {@code i}; returns the offset after it. */
    private static int appendEscape(String literal, int i, int end, StringBuilder value) {
        char c = literal.charAt(i);
        if (c == 'u' && i + 4 < end && isNumber(literal, i + 1, 4, 16)) {
            value.append((char) Integer.parseInt(literal, i + 1, i + 5, 16));
            return i + 5;
        }
        if ((c == '0' || c == '1') && i + 2 < end && isNumber(literal, i, 3, 8)) {
            value.append((char) Integer.parseInt(literal, i, i + 3, 8));
            return i + 3;
        }
        switch (c) {
            case '0' -> value.append('\0');
            case 'b' -> value.append('\b');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'Z' -> value.append('\u001A');
            // LIKE patterns need these two as they are.
            case '%', '_' -> value.append('\\').append(c);
            default -> value.append(c);
        }
        return i + 1;
    }

    private static boolean isNumber(String text, int from, int length, int radix) {
        for (int i = from; i < from + length; i++) {
            if (Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A literal in single quotes that reads back as {@code value}. */
    static String quote(String value) {
        StringBuilder literal = new StringBuilder(value.length() + 2).append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\'' -> literal.append("\\'");
                case '\\' -> literal.append(nextIsWildcard(value, i) ? "\\" : "\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                case '\0' -> literal.append("\\000");
                default -> literal.append(c);
            }
        }
        return literal.append('\'').toString();
    }

    private static boolean nextIsWildcard(String value, int i) {
        return i + 1 < value.length() && (value.charAt(i + 1) == '%' || value.charAt(i + 1) == '_');
    }
}
