package org.skep.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Writes values as HiveQL literals that keep value and type. */
final class SqlLiteral {
    static final String NULL = "NULL";

    private static final int MAX_PRECISION = 38;
    private static final int MAX_YEAR = 9999;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter();

    private SqlLiteral() {}

    /** A string in single quotes, with everything escaped that the lexer would read otherwise. */
    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\'':
                case '\\':
                    out.append('\\').append(c);
                    break;
                case '\n':
                    out.append("\\n");
                    break;
                case '\r':
                    out.append("\\r");
                    break;
                case '\0':
                    out.append("\\0");
                    break;
                case '\u001A':
                    out.append("\\Z");
                    break;
                default:
                    out.append(c);
            }
        }
        return out.append('\'').toString();
    }

    /** A name in backticks. */
    static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /**
     * A whole number. A blank keeps the sign of a negative one from making a comment with a minus
     * before it; the smallest number has no literal of its own.
     */
    static String of(long value) {
        if (value == Long.MIN_VALUE) {
            return "(-9223372036854775807L - 1L)";
        }
        String digits = (int) value == value ? Long.toString(value) : value + "L";
        return value < 0 ? " " + digits : digits;
    }

    static String of(boolean value) {
        return value ? "true" : "false";
    }

    static String of(double value) {
        return "CAST('" + value + "' AS DOUBLE)";
    }

    static String of(float value) {
        return "CAST('" + value + "' AS FLOAT)";
    }

    /** A decimal of just the precision and scale that the value has. */
    static String of(BigDecimal value) throws SQLException {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        int precision = Math.max(plain.precision(), plain.scale());
        if (precision > MAX_PRECISION) {
            throw new SQLDataException(
                    "Decimal must have at most " + MAX_PRECISION + " digits: " + value,
                    SqlState.OUT_OF_RANGE);
        }
        return "CAST('"
                + plain.toPlainString()
                + "' AS DECIMAL("
                + precision
                + ","
                + plain.scale()
                + "))";
    }

    static String of(LocalDate value) throws SQLException {
        requireYear(value);
        return "DATE '" + value + "'";
    }

    static String of(LocalDateTime value) throws SQLException {
        return "TIMESTAMP '" + text(value) + "'";
    }

    static String of(Instant value) throws SQLException {
        return "TIMESTAMPLOCALTZ '"
                + text(value.atOffset(ZoneOffset.UTC).toLocalDateTime())
                + " UTC'";
    }

    /** A time of day: there is no type for it, so it is a string. */
    static String of(LocalTime value) {
        return "'" + TIME.format(value) + "'";
    }

    private static String text(LocalDateTime value) throws SQLException {
        requireYear(value.toLocalDate());
        return value.toLocalDate() + " " + TIME.format(value.toLocalTime());
    }

    private static void requireYear(LocalDate value) throws SQLException {
        if (value.getYear() < 0 || value.getYear() > MAX_YEAR) {
            throw new SQLDataException(
                    "Year must be from 0 to " + MAX_YEAR + ": " + value, SqlState.NOT_A_DATE);
        }
    }

    /** Bytes: as a text where they are one, else as hexadecimal digits. */
    static String of(byte[] value) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            return "CAST(" + of(text) + " AS BINARY)";
        } catch (CharacterCodingException e) {
            StringBuilder digits = new StringBuilder(2 * value.length);
            for (byte b : value) {
                digits.append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            }
            return "unhex('" + digits + "')";
        }
    }
}
