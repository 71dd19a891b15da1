package org.skep.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/** Turns Java objects into the literals that stand for them. */
final class ParameterValue {
    private ParameterValue() {}

    /** The literal of the type that belongs to the object's class. */
    static String literal(Object value) throws SQLException {
        String literal = simple(value);
        if (literal == null) {
            literal = temporal(value);
        }
        if (literal == null) {
            throw new SQLException(
                    "Cannot pass an object of " + value.getClass().getName() + " as a parameter",
                    SqlState.CANNOT_CONVERT);
        }
        return literal;
    }

    // Null if the class is none of these.
    private static String simple(Object value) throws SQLException {
        if (value == null) {
            return SqlLiteral.NULL;
        } else if (value instanceof String || value instanceof Character) {
            return SqlLiteral.of(value.toString());
        } else if (value instanceof Boolean) {
            return SqlLiteral.of(((Boolean) value).booleanValue());
        } else if (value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long) {
            return SqlLiteral.of(((Number) value).longValue());
        } else if (value instanceof Float) {
            return SqlLiteral.of(((Float) value).floatValue());
        } else if (value instanceof Double) {
            return SqlLiteral.of(((Double) value).doubleValue());
        } else if (value instanceof BigDecimal) {
            return SqlLiteral.of((BigDecimal) value);
        } else if (value instanceof BigInteger) {
            return SqlLiteral.of(new BigDecimal((BigInteger) value));
        } else if (value instanceof byte[]) {
            return SqlLiteral.of((byte[]) value);
        } else if (value instanceof Clob) {
            return SqlLiteral.of(text((Clob) value));
        }
        return null;
    }

    // Null if the class is none of these.
    private static String temporal(Object value) throws SQLException {
        if (value instanceof Date) {
            return SqlLiteral.of(((Date) value).toLocalDate());
        } else if (value instanceof Time) {
            return SqlLiteral.of(((Time) value).toLocalTime());
        } else if (value instanceof Timestamp) {
            return SqlLiteral.of(((Timestamp) value).toLocalDateTime());
        } else if (value instanceof java.util.Date) {
            return SqlLiteral.of(
                    LocalDateTime.ofInstant(
                            ((java.util.Date) value).toInstant(), ZoneId.systemDefault()));
        } else if (value instanceof LocalDate) {
            return SqlLiteral.of((LocalDate) value);
        } else if (value instanceof LocalTime) {
            return SqlLiteral.of((LocalTime) value);
        } else if (value instanceof LocalDateTime) {
            return SqlLiteral.of((LocalDateTime) value);
        } else if (value instanceof OffsetDateTime) {
            return SqlLiteral.of(((OffsetDateTime) value).toInstant());
        } else if (value instanceof ZonedDateTime) {
            return SqlLiteral.of(((ZonedDateTime) value).toInstant());
        } else if (value instanceof Instant) {
            return SqlLiteral.of((Instant) value);
        }
        return null;
    }

    /** The whole text of a character object. */
    static String text(Clob value) throws SQLException {
        long length = value.length();
        if (length > Integer.MAX_VALUE) {
            throw new SQLDataException("Text is too long: " + length, SqlState.OUT_OF_RANGE);
        }
        return length == 0 ? "" : value.getSubString(1, (int) length);
    }

    /**
     * The literal of a type of {@link Types}, converted from the object.
     *
     * @param scale digits after the point of a DECIMAL or NUMERIC; -1 for the object's own
     */
    static String literal(Object value, int type, int scale) throws SQLException {
        if (value == null) {
            return SqlLiteral.NULL;
        }
        switch (type) {
            case Types.BOOLEAN:
            case Types.BIT:
                return SqlLiteral.of(asBoolean(value));
            case Types.TINYINT:
                return SqlLiteral.of(asInteger(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case Types.SMALLINT:
                return SqlLiteral.of(asInteger(value, Short.MIN_VALUE, Short.MAX_VALUE));
            case Types.INTEGER:
                return SqlLiteral.of(asInteger(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case Types.BIGINT:
                return SqlLiteral.of(asInteger(value, Long.MIN_VALUE, Long.MAX_VALUE));
            case Types.REAL:
            case Types.FLOAT:
                return SqlLiteral.of((float) asDouble(value));
            case Types.DOUBLE:
                return SqlLiteral.of(asDouble(value));
            case Types.DECIMAL:
            case Types.NUMERIC:
                BigDecimal decimal = asDecimal(value);
                return SqlLiteral.of(
                        scale < 0 ? decimal : decimal.setScale(scale, RoundingMode.HALF_UP));
            case Types.CHAR:
            case Types.VARCHAR:
            case Types.LONGVARCHAR:
            case Types.NCHAR:
            case Types.NVARCHAR:
            case Types.LONGNVARCHAR:
            case Types.CLOB:
            case Types.NCLOB:
                return SqlLiteral.of(
                        value instanceof Clob ? text((Clob) value) : String.valueOf(value));
            case Types.DATE:
                return value instanceof String
                        ? SqlLiteral.of(parse(value, TemporalText::date))
                        : date(value);
            case Types.TIMESTAMP:
                return value instanceof String
                        ? SqlLiteral.of(parse(value, TemporalText::dateTime))
                        : timestamp(value);
            case Types.NULL:
                return SqlLiteral.NULL;
            default:
                return literal(value);
        }
    }

    private static String date(Object value) throws SQLException {
        if (value instanceof Timestamp) {
            return SqlLiteral.of(((Timestamp) value).toLocalDateTime().toLocalDate());
        } else if (value instanceof LocalDateTime) {
            return SqlLiteral.of(((LocalDateTime) value).toLocalDate());
        }
        return literal(value);
    }

    private static String timestamp(Object value) throws SQLException {
        if (value instanceof Date) {
            return SqlLiteral.of(((Date) value).toLocalDate().atStartOfDay());
        } else if (value instanceof LocalDate) {
            return SqlLiteral.of(((LocalDate) value).atStartOfDay());
        }
        return literal(value);
    }

    private interface TextParser<T> {
        T parse(String text);
    }

    private static <T> T parse(Object value, TextParser<T> parser) throws SQLException {
        try {
            return parser.parse(value.toString());
        } catch (DateTimeException e) {
            throw new SQLDataException(
                    "Cannot read parameter as a date or timestamp: " + value,
                    SqlState.NOT_A_DATE,
                    e);
        }
    }

    private static boolean asBoolean(Object value) throws SQLException {
        if (value instanceof Boolean) {
            return (Boolean) value;
        } else if (value instanceof Number) {
            return asDecimal(value).signum() != 0;
        }
        switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true":
            case "1":
                return true;
            case "false":
            case "0":
                return false;
            default:
                throw notA("boolean", value, null);
        }
    }

    private static long asInteger(Object value, long min, long max) throws SQLException {
        BigInteger whole = asDecimal(value).toBigInteger();
        if (whole.bitLength() >= Long.SIZE || whole.longValue() < min || whole.longValue() > max) {
            throw new SQLDataException(
                    "Parameter must be from " + min + " to " + max + ": " + value,
                    SqlState.OUT_OF_RANGE);
        }
        return whole.longValue();
    }

    private static double asDouble(Object value) throws SQLException {
        if (value instanceof Number) {
            return ((Number) value).doubleValue();
        } else if (value instanceof Boolean) {
            return (Boolean) value ? 1 : 0;
        }
        try {
            return Double.parseDouble(value.toString().strip());
        } catch (NumberFormatException e) {
            throw notA("number", value, e);
        }
    }

    private static BigDecimal asDecimal(Object value) throws SQLException {
        if (value instanceof BigDecimal) {
            return (BigDecimal) value;
        } else if (value instanceof Boolean) {
            return (Boolean) value ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        try {
            return new BigDecimal(value.toString().strip());
        } catch (NumberFormatException e) {
            throw notA("number", value, e);
        }
    }

    private static SQLException notA(String what, Object value, Exception cause) {
        return new SQLDataException(
                "Cannot read parameter as " + what + ": " + value, SqlState.NOT_A_VALUE, cause);
    }
}
