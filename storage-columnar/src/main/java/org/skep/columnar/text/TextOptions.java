package org.skep.columnar.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.text.ByteSink;

/** How a table's text files are laid out, by LazySimpleSerDe's rules. Immutable. */
final class TextOptions {
    private static final int DEFAULT_DEPTH = 8;
    private static final int EXTENDED_DEPTH = 24;

    private final byte[] separators;
    private final int escape;
    private final boolean escapeLineEnds;
    private final byte[] nullSequence;
    private final boolean lastTakesRest;
    private final boolean extendedBooleans;
    private final int headerLines;
    private final int footerLines;
    private final List<String> timestampFormats;
    private final Charset charset;

    private TextOptions(Map<String, String> properties) {
        String escapeText = properties.get("escape.delim");
        separators = separators(properties);
        escape = escapeText == null ? -1 : delimiter(escapeText, (byte) '\\') & 0xff;
        escapeLineEnds = Boolean.parseBoolean(properties.get("serialization.escape.crlf"));
        nullSequence =
                properties
                        .getOrDefault("serialization.null.format", "\\N")
                        .getBytes(StandardCharsets.UTF_8);
        lastTakesRest =
                "true".equalsIgnoreCase(properties.get("serialization.last.column.takes.rest"));
        extendedBooleans =
                "true".equalsIgnoreCase(properties.get("hive.lazysimple.extended_boolean_literal"));
        headerLines = lineCount(properties, "skip.header.line.count");
        footerLines = lineCount(properties, "skip.footer.line.count");
        timestampFormats = List.copyOf(splitAtCommas(properties.get("timestamp.formats")));
        charset = charset(properties.getOrDefault("serialization.encoding", "UTF-8"));
    }

    /** Reads the serde and table properties. */
    static TextOptions of(Map<String, String> properties) {
        return new TextOptions(properties);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION, "Unknown serialization.encoding: " + name, e);
        }
    }

    private static int lineCount(Map<String, String> properties, String name) {
        String value = properties.get(name);
        if (value == null || value.isBlank()) {
            return 0;
        }
        try {
            return Math.max(0, Integer.parseInt(value.trim()));
        } catch (NumberFormatException e) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION, "%s must be a number: %s".formatted(name, value), e);
        }
    }

    private static List<String> splitAtCommas(String text) {
        List<String> parts = new ArrayList<>();
        if (text == null || text.isEmpty()) {
            return parts;
        }
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static byte[] separators(Map<String, String> properties) {
        List<Byte> all = new ArrayList<>();
        String fields = properties.get("field.delim");
        all.add(
                delimiter(
                        fields == null ? properties.get("serialization.format") : fields,
                        (byte) 1));
        // Hive itself wrote the misspelt name for years, and catalogues are full of it.
        String items = properties.get("collection.delim");
        all.add(delimiter(items == null ? properties.get("colelction.delim") : items, (byte) 2));
        all.add(delimiter(properties.get("mapkey.delim"), (byte) 3));
        // Further control characters, without those that are likely in strings.
        for (byte b = 4; b < 32; b++) {
            if (b != '\t' && b != '\n' && b != '\f' && b != '\r' && b != 27) {
                all.add(b);
            }
        }
        for (int b = -128; b < 0; b++) {
            all.add((byte) b);
        }
        int count = DEFAULT_DEPTH;
        if ("true"
                .equalsIgnoreCase(
                        properties.get("hive.serialization.extend.additional.nesting.levels"))) {
            count = all.size();
        } else if ("true"
                .equalsIgnoreCase(properties.get("hive.serialization.extend.nesting.levels"))) {
            count = EXTENDED_DEPTH;
        }
        byte[] separators = new byte[count];
        for (int i = 0; i < count; i++) {
            separators[i] = all.get(i);
        }
        return separators;
    }

    /** A delimiter is a number from -128 to 127, or else the first character. */
    private static byte delimiter(String text, byte ifAbsent) {
        if (text == null || text.isEmpty()) {
            return ifAbsent;
        }
        try {
            return Byte.parseByte(text);
        } catch (NumberFormatException e) {
            return (byte) text.charAt(0);
        }
    }

    /** The byte between fields. */
    byte fieldSeparator() {
        return separators[0];
    }

    /** Whether a byte separates something at any depth. */
    boolean isSeparator(byte value) {
        for (byte separator : separators) {
            if (separator == value) {
                return true;
            }
        }
        return false;
    }

    /** The separator of a depth, 1 for what is directly in a column. */
    byte separator(int depth) {
        if (depth >= separators.length) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Text tables hold at most %d levels of nesting; see hive.serialization.extend.nesting.levels"
                            .formatted(separators.length - 1));
        }
        return separators[depth];
    }

    /** Whether there is an escape byte. */
    boolean escapes() {
        return escape >= 0;
    }

    /** The byte before a byte that stands for itself. */
    byte escape() {
        return (byte) escape;
    }

    /** Whether the writer escapes CR and LF. */
    boolean escapeLineEnds() {
        return escapeLineEnds;
    }

    /** Whether the last column has all that is left of the line. */
    boolean lastTakesRest() {
        return lastTakesRest;
    }

    /** Whether {@code t}, {@code 1}, {@code f} and {@code 0} are booleans. */
    boolean extendedBooleans() {
        return extendedBooleans;
    }

    int headerLines() {
        return headerLines;
    }

    int footerLines() {
        return footerLines;
    }

    /** Further ways in which timestamps may be written. */
    List<String> timestampFormats() {
        return timestampFormats;
    }

    /** Of the files. */
    Charset charset() {
        return charset;
    }

    /** Appends what a field that is NULL holds. */
    void appendNull(ByteSink out) {
        out.append(nullSequence);
    }

    /** Whether files hold UTF-8, or what reads the same. */
    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
    }

    boolean isNull(byte[] data, int start, int length) {
        if (length != nullSequence.length) {
            return length < 0;
        }
        for (int i = 0; i < length; i++) {
            if (data[start + i] != nullSequence[i]) {
                return false;
            }
        }
        return true;
    }
}
