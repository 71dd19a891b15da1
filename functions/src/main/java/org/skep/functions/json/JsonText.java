package org.skep.functions.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON text into maps, lists, strings, numbers (Long, BigInteger, Double), booleans and
 * nulls. As lenient as Hive's reader: control characters may be in strings, a backslash may stand
 * before any character, and what follows the value does not matter. Confined to one thread.
 */
public final class JsonText {
    private static final int DEPTH_LIMIT = 1000;

    private final String text;
    private int at;
    private int depth;

    private JsonText(String text) {
        this.text = text;
    }

    /** Says that a text is not JSON; has no stack, since bad rows are no rarity. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }

    /** The members of an object, or null if the text is none. */
    public static Map<?, ?> object(String text) {
        return value(text) instanceof Map<?, ?> members ? members : null;
    }

    /** The items of an array, or null if the text is none. */
    public static List<?> array(String text) {
        return value(text) instanceof List<?> items ? items : null;
    }

    /** Any value, or null if the text is malformed. */
    static Object value(String text) {
        try {
            JsonText reader = new JsonText(text);
            return reader.value();
        } catch (Malformed e) {
            return null;
        }
    }

    /**
     * A value as Hive shows it: strings without quotes, arrays and objects as compact JSON; null
     * for null.
     */
    public static String show(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Map || value instanceof List) {
            StringBuilder out = new StringBuilder();
            write(value, out);
            return out.toString();
        }
        return value.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> members) {
            char separator = '{';
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.append(separator);
                separator = ',';
                writeString((String) member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
            }
            out.append(members.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> items) {
            char separator = '[';
            for (Object item : items) {
                out.append(separator);
                separator = ',';
                write(item, out);
            }
            out.append(items.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            writeString(string, out);
        } else {
            out.append(value);
        }
    }

    private static void writeString(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                                .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private Object value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> members();
            case '[' -> items();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> members() {
        deeper();
        at++;
        Map<String, Object> members = new LinkedHashMap<>();
        skipSpace();
        if (peek() == '}') {
            at++;
            depth--;
            return members;
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                throw new Malformed();
            }
            String name = string();
            skipSpace();
            take(':');
            members.put(name, value());
            skipSpace();
            if (peek() == ',') {
                at++;
            } else {
                take('}');
                depth--;
                return members;
            }
        }
    }

    private List<Object> items() {
        deeper();
        at++;
        List<Object> items = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
            depth--;
            return items;
        }
        while (true) {
            items.add(value());
            skipSpace();
            if (peek() == ',') {
                at++;
            } else {
                take(']');
                depth--;
                return items;
            }
        }
    }

    private void deeper() {
        if (++depth > DEPTH_LIMIT) {
            throw new Malformed();
        }
    }

    private String string() {
        at++;
        int from = at;
        while (peek() != '"' && peek() != '\\') {
            at++;
        }
        if (peek() == '"') {
            return text.substring(from, at++);
        }
        StringBuilder value = new StringBuilder(text.substring(from, at));
        while (peek() != '"') {
            char c = text.charAt(at++);
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw new Malformed();
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw new Malformed();
        }
        at += word.length();
        if (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            throw new Malformed();
        }
        return value;
    }

    private Object number() {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        int digitsFrom = at;
        skipDigits();
        boolean leadingZero = text.charAt(digitsFrom) == '0' && at - digitsFrom > 1;
        if (at == digitsFrom || leadingZero) {
            throw new Malformed();
        }
        boolean whole = true;
        if (at < text.length() && text.charAt(at) == '.') {
            whole = false;
            at++;
            needDigits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            needDigits();
        }
        String digits = text.substring(from, at);
        if (!whole) {
            return Double.valueOf(digits);
        }
        return digits.length() <= 18
                ? (Object) Long.valueOf(digits)
                : shortest(new BigInteger(digits));
    }

    private static Object shortest(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    private void needDigits() {
        int from = at;
        skipDigits();
        if (at == from) {
            throw new Malformed();
        }
    }

    private void skipDigits() {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    private void take(char wanted) {
        if (peek() != wanted) {
            throw new Malformed();
        }
        at++;
    }
}
