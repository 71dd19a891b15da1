package org.skep.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.function.Function;
import org.skep.rpc.rows.BinaryColumn;
import org.skep.rpc.rows.BooleanColumn;
import org.skep.rpc.rows.ByteColumn;
import org.skep.rpc.rows.BytesColumn;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.DoubleColumn;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.rows.LongColumn;
import org.skep.rpc.rows.ShortColumn;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.ColumnDescriptor;
import org.skep.rpc.schema.TypeId;

/**
 * Converts the values of one column to what the caller asks for. No method but {@link #isNull} may
 * be asked about a NULL row. Makes objects only for the values that are asked for. Confined to one
 * thread.
 */
final class ColumnReader {
    // The doubles between which every value has a long.
    private static final double LONG_FROM = -0x1p63;
    private static final double LONG_BELOW = 0x1p63;

    private final ColumnDescriptor column;
    private final TypeId type;
    private ColumnBlock block;

    ColumnReader(ColumnDescriptor column) {
        this.column = column;
        this.type = column.type().id();
    }

    /** Goes on with the next block. */
    void read(ColumnBlock next) {
        block = next;
    }

    boolean isNull(int row) {
        return block.isNull(row);
    }

    /** The text exactly as the service gives it; numbers and booleans as Java writes them. */
    String text(int row) {
        switch (block.kind()) {
            case BOOLEAN:
                return Boolean.toString(((BooleanColumn) block).value(row));
            case BYTE:
            case SHORT:
            case INT:
            case LONG:
                return Long.toString(integer(row));
            case DOUBLE:
                double value = ((DoubleColumn) block).value(row);
                return type == TypeId.FLOAT ? FloatText.of(value) : Double.toString(value);
            case STRING:
                return ((StringColumn) block).value(row);
            case BINARY:
                return new String(((BinaryColumn) block).copy(row), StandardCharsets.UTF_8);
        }
        throw new AssertionError(block.kind());
    }

    private long integer(int row) {
        switch (block.kind()) {
            case BYTE:
                return ((ByteColumn) block).value(row);
            case SHORT:
                return ((ShortColumn) block).value(row);
            case INT:
                return ((IntColumn) block).value(row);
            case LONG:
                return ((LongColumn) block).value(row);
            default:
                throw new AssertionError(block.kind());
        }
    }

    boolean toBoolean(int row) throws SQLException {
        switch (block.kind()) {
            case BOOLEAN:
                return ((BooleanColumn) block).value(row);
            case BYTE:
            case SHORT:
            case INT:
            case LONG:
                return integer(row) != 0;
            case DOUBLE:
                return ((DoubleColumn) block).value(row) != 0;
            case STRING:
                return type == TypeId.DECIMAL
                        ? parseNumber(row, "boolean").signum() != 0
                        : parseBoolean(row);
            case BINARY:
                throw cannotConvert("boolean");
        }
        throw new AssertionError(block.kind());
    }

    private boolean parseBoolean(int row) throws SQLException {
        requireCharacters("boolean");
        String text = text(row);
        switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true":
            case "t":
            case "yes":
            case "y":
            case "on":
            case "1":
                return true;
            case "false":
            case "f":
            case "no":
            case "n":
            case "off":
            case "0":
                return false;
            default:
                throw notA("boolean", text, null);
        }
    }

    /** A whole number between the bounds; a fraction is cut off. */
    long toInteger(int row, long min, long max, String target) throws SQLException {
        long value;
        switch (block.kind()) {
            case BOOLEAN:
                return ((BooleanColumn) block).value(row) ? 1 : 0;
            case BYTE:
            case SHORT:
            case INT:
            case LONG:
                value = integer(row);
                break;
            case DOUBLE:
                double real = ((DoubleColumn) block).value(row);
                if (!(real >= LONG_FROM && real < LONG_BELOW)) {
                    throw outOfRange(target, text(row));
                }
                value = (long) real;
                break;
            case STRING:
                BigInteger whole =
                        parseNumber(row, target).setScale(0, RoundingMode.DOWN).toBigInteger();
                if (whole.bitLength() >= Long.SIZE) {
                    throw outOfRange(target, text(row));
                }
                value = whole.longValue();
                break;
            default:
                throw cannotConvert(target);
        }
        if (value < min || value > max) {
            throw outOfRange(target, text(row));
        }
        return value;
    }

    double toDouble(int row, String target) throws SQLException {
        switch (block.kind()) {
            case BOOLEAN:
                return ((BooleanColumn) block).value(row) ? 1 : 0;
            case BYTE:
            case SHORT:
            case INT:
            case LONG:
                return integer(row);
            case DOUBLE:
                return ((DoubleColumn) block).value(row);
            case STRING:
                requireNumeric(target);
                String text = text(row);
                try {
                    return Double.parseDouble(text.strip());
                } catch (NumberFormatException e) {
                    throw notA(target, text, e);
                }
            case BINARY:
                throw cannotConvert(target);
        }
        throw new AssertionError(block.kind());
    }

    BigDecimal toDecimal(int row) throws SQLException {
        String target = "decimal";
        switch (block.kind()) {
            case BOOLEAN:
                return ((BooleanColumn) block).value(row) ? BigDecimal.ONE : BigDecimal.ZERO;
            case BYTE:
            case SHORT:
            case INT:
            case LONG:
                return BigDecimal.valueOf(integer(row));
            case DOUBLE:
                double value = ((DoubleColumn) block).value(row);
                if (Double.isNaN(value) || Double.isInfinite(value)) {
                    throw outOfRange(target, text(row));
                }
                return new BigDecimal(text(row));
            case STRING:
                return parseNumber(row, target);
            case BINARY:
                throw cannotConvert(target);
        }
        throw new AssertionError(block.kind());
    }

    private BigDecimal parseNumber(int row, String target) throws SQLException {
        requireNumeric(target);
        String text = text(row);
        try {
            BigDecimal number = new BigDecimal(text.strip());
            // Keeps a text such as 1e999999999 from being written out digit by digit.
            if (Math.abs((long) number.precision() - number.scale()) > 400) {
                throw outOfRange(target, text);
            }
            return number;
        } catch (NumberFormatException e) {
            throw notA(target, text, e);
        }
    }

    byte[] toBytes(int row) throws SQLException {
        if (!(block instanceof BytesColumn)) {
            throw cannotConvert("bytes");
        }
        return ((BytesColumn) block).copy(row);
    }

    LocalDate toLocalDate(int row) throws SQLException {
        if (type == TypeId.TIMESTAMP_LOCAL_TIME_ZONE) {
            return toZoned(row).toLocalDate();
        }
        require(type == TypeId.DATE || type == TypeId.TIMESTAMP, "date");
        return parse(row, "date", TemporalText::date);
    }

    LocalTime toLocalTime(int row) throws SQLException {
        if (type == TypeId.TIMESTAMP_LOCAL_TIME_ZONE) {
            return toZoned(row).toLocalTime();
        }
        require(type == TypeId.TIMESTAMP, "time");
        return parse(row, "time", TemporalText::time);
    }

    LocalDateTime toLocalDateTime(int row) throws SQLException {
        if (type == TypeId.TIMESTAMP_LOCAL_TIME_ZONE) {
            return toZoned(row).toLocalDateTime();
        }
        require(type == TypeId.TIMESTAMP || type == TypeId.DATE, "timestamp");
        return parse(row, "timestamp", TemporalText::dateTime);
    }

    /** An instant; only a TIMESTAMP WITH LOCAL TIME ZONE or a text with a zone is one. */
    ZonedDateTime toZoned(int row) throws SQLException {
        require(type == TypeId.TIMESTAMP_LOCAL_TIME_ZONE, "timestamp with time zone");
        return parse(row, "timestamp with time zone", TemporalText::zoned);
    }

    Date toDate(int row) throws SQLException {
        return Date.valueOf(toLocalDate(row));
    }

    Time toTime(int row) throws SQLException {
        return Time.valueOf(toLocalTime(row));
    }

    Timestamp toTimestamp(int row) throws SQLException {
        if (type == TypeId.TIMESTAMP_LOCAL_TIME_ZONE) {
            return Timestamp.from(toZoned(row).toInstant());
        }
        return Timestamp.valueOf(toLocalDateTime(row));
    }

    /** The instant of a timestamp that was written down in {@code zone}. */
    Timestamp toTimestamp(int row, ZoneId zone) throws SQLException {
        if (type == TypeId.TIMESTAMP_LOCAL_TIME_ZONE) {
            return toTimestamp(row);
        }
        return Timestamp.from(toLocalDateTime(row).atZone(zone).toInstant());
    }

    private <T> T parse(int row, String target, Function<String, T> parser) throws SQLException {
        String text = text(row);
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            throw new SQLDataException(
                    "Cannot read value of column " + column.name() + " as " + target + ": " + text,
                    SqlState.NOT_A_DATE,
                    e);
        }
    }

    /** The value as an object of the class that {@link JdbcType#javaClass} names. */
    Object toObject(int row) throws SQLException {
        return toObject(row, JdbcType.javaClass(type));
    }

    /** The value as an object of a class. */
    Object toObject(int row, Class<?> target) throws SQLException {
        Object value = toSimple(row, target);
        if (value == null) {
            value = toTemporal(row, target);
        }
        if (value == null) {
            throw cannotConvert(target.getName());
        }
        return value;
    }

    // Null if the class is none of these.
    private Object toSimple(int row, Class<?> target) throws SQLException {
        if (target == String.class) {
            return text(row);
        } else if (target == Object.class) {
            return toObject(row);
        } else if (target == Boolean.class) {
            return toBoolean(row);
        } else if (target == Byte.class) {
            return (byte) toInteger(row, Byte.MIN_VALUE, Byte.MAX_VALUE, "tinyint");
        } else if (target == Short.class) {
            return (short) toInteger(row, Short.MIN_VALUE, Short.MAX_VALUE, "smallint");
        } else if (target == Integer.class) {
            return (int) toInteger(row, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
        } else if (target == Long.class) {
            return toInteger(row, Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
        } else if (target == Float.class) {
            return (float) toDouble(row, "float");
        } else if (target == Double.class) {
            return toDouble(row, "double");
        } else if (target == BigDecimal.class) {
            return toDecimal(row);
        } else if (target == BigInteger.class) {
            return toDecimal(row).toBigInteger();
        } else if (target == byte[].class) {
            return toBytes(row);
        }
        return null;
    }

    // Null if the class is none of these.
    private Object toTemporal(int row, Class<?> target) throws SQLException {
        if (target == Date.class) {
            return toDate(row);
        } else if (target == Time.class) {
            return toTime(row);
        } else if (target == Timestamp.class || target == java.util.Date.class) {
            return toTimestamp(row);
        } else if (target == LocalDate.class) {
            return toLocalDate(row);
        } else if (target == LocalTime.class) {
            return toLocalTime(row);
        } else if (target == LocalDateTime.class) {
            return toLocalDateTime(row);
        } else if (target == ZonedDateTime.class) {
            return toZoned(row);
        } else if (target == OffsetDateTime.class) {
            return toZoned(row).toOffsetDateTime();
        } else if (target == OffsetTime.class) {
            return toZoned(row).toOffsetDateTime().toOffsetTime();
        } else if (target == Instant.class) {
            return toZoned(row).toInstant();
        } else if (target == Period.class) {
            require(type == TypeId.INTERVAL_YEAR_MONTH, "interval");
            return parse(row, "interval", TemporalText::yearMonth);
        } else if (target == Duration.class) {
            require(type == TypeId.INTERVAL_DAY_TIME, "interval");
            return parse(row, "interval", TemporalText::dayTime);
        }
        return null;
    }

    private void requireCharacters(String target) throws SQLException {
        require(false, target);
    }

    private void requireNumeric(String target) throws SQLException {
        require(type == TypeId.DECIMAL, target);
    }

    // A text may hold anything; other types must fit.
    private void require(boolean fits, String target) throws SQLException {
        boolean isText = type == TypeId.STRING || type == TypeId.VARCHAR || type == TypeId.CHAR;
        if (!fits && !isText) {
            throw cannotConvert(target);
        }
    }

    /** The column's type never converts to that. */
    SQLException cannotConvert(String target) {
        return new SQLDataException(
                "Cannot convert column "
                        + column.name()
                        + " from "
                        + column.type().text()
                        + " to "
                        + target,
                SqlState.CANNOT_CONVERT);
    }

    private SQLException notA(String target, String text, Exception cause) {
        return new SQLDataException(
                "Cannot read value of column " + column.name() + " as " + target + ": " + text,
                SqlState.NOT_A_VALUE,
                cause);
    }

    private SQLException outOfRange(String target, String text) {
        return new SQLDataException(
                "Value of column "
                        + column.name()
                        + " is out of the range of "
                        + target
                        + ": "
                        + text,
                SqlState.OUT_OF_RANGE);
    }
}
