package org.skep.columnar.text;

import java.nio.charset.StandardCharsets;
import org.skep.types.text.ByteSink;

/**
 * Walks over the JSON of one line. Methods that find something else than they look for throw {@link
 * Malformed}. Confined to one thread.
 */
final class JsonCursor {
    /** The line is not JSON; the message says why. */
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private byte[] data;
    private int end;
    private int at;

    void reset(byte[] newData, int start, int length) {
        data = newData;
        at = start;
        end = start + length;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    /** The next byte that is not blank, not yet passed; -1 at the end. */
    int peek() {
        while (at < end && (data[at] == ' ' || data[at] == '\t')) {
            at++;
        }
        return at < end ? data[at] : -1;
    }

    boolean skip(char wanted) {
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    void require(char wanted) throws Malformed {
        if (!skip(wanted)) {
            throw new Malformed("expected '" + wanted + "'");
        }
    }

    /** Reads a string with its quotes, unescaped, into a sink that is reset before. */
    void string(ByteSink out) throws Malformed {
        require('"');
        out.reset();
        int copied = at;
        while (at < end && data[at] != '"') {
            if (data[at] == '\\') {
                out.append(data, copied, at - copied);
                at++;
                escape(out);
                copied = at;
            } else {
                at++;
            }
        }
        out.append(data, copied, at - copied);
        if (at == end) {
            throw new Malformed("a string has no end");
        }
        at++;
    }

    private void escape(ByteSink out) throws Malformed {
        int c = at < end ? data[at++] : -1;
        switch (c) {
            case '"', '\\', '/' -> out.append(c);
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> {
                char first = hex();
                if (Character.isHighSurrogate(first)
                        && at + 1 < end
                        && data[at] == '\\'
                        && data[at + 1] == 'u') {
                    at += 2;
                    out.append(
                            new String(new char[] {first, hex()}).getBytes(StandardCharsets.UTF_8));
                } else {
                    out.append(String.valueOf(first).getBytes(StandardCharsets.UTF_8));
                }
            }
            default -> throw new Malformed("an unknown escape");
        }
    }

    private char hex() throws Malformed {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < end ? Character.digit(data[at++], 16) : -1;
            if (digit < 0) {
                throw new Malformed("an escape without four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    /** Reads a number, {@code true}, {@code false} or {@code null}, into a sink reset before. */
    void bare(ByteSink out) throws Malformed {
        peek();
        int from = at;
        while (at < end
                && (Character.isLetterOrDigit(data[at])
                        || data[at] == '-'
                        || data[at] == '+'
                        || data[at] == '.')) {
            at++;
        }
        if (from == at) {
            throw new Malformed("expected a value");
        }
        out.reset();
        out.append(data, from, at - from);
    }

    /** Skips a value of any kind; {@code scratch} is overwritten. */
    void skipValue(ByteSink scratch, int depth) throws Malformed {
        if (depth > 500) {
            throw new Malformed("nested too deeply");
        }
        int first = peek();
        if (first == '"') {
            string(scratch);
        } else if (first == '{') {
            at++;
            boolean more = !skip('}');
            while (more) {
                string(scratch);
                require(':');
                skipValue(scratch, depth + 1);
                more = skip(',');
                if (!more) {
                    require('}');
                }
            }
        } else if (first == '[') {
            at++;
            boolean more = !skip(']');
            while (more) {
                skipValue(scratch, depth + 1);
                more = skip(',');
                if (!more) {
                    require(']');
                }
            }
        } else {
            bare(scratch);
        }
    }
}
