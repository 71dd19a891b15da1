package org.skep.types;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * A single value with its type, for literals, bounds and statistics; never used for rows.
 * Immutable.
 *
 * <p>Classes of {@code value}, by kind of type: BOOLEAN {@link Boolean}; integers, DATE (days since
 * 1970-01-01) and INTERVAL_YEAR_MONTH (months) {@link Long}; FLOAT and DOUBLE {@link Double};
 * DECIMAL {@link BigDecimal}; characters {@link String}; BINARY {@link Bytes}; TIMESTAMP (local, as
 * if UTC), TIMESTAMP_LOCAL_TZ (instant) and INTERVAL_DAY_TIME {@link NanoTime}; ARRAY a list of
 * values or nulls; STRUCT a list with one value or null a field; MAP a list of {@link MapEntry};
 * UNION a list of the tag, as a {@link Long}, and the value; null for NULL of any type.
 */
public record Datum(DataType type, Object value) {
    /** Raw bytes that compare by content. */
    public record Bytes(String latin1) {
        /** Wraps a copy of the bytes. */
        public static Bytes of(byte[] bytes) {
            return new Bytes(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
        }

        /** A copy of the bytes. */
        public byte[] toArray() {
            return latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    /** One entry of a map value. */
    public record MapEntry(Object key, Object value) {}

    /** Checks that the value's class fits the type. */
    public Datum {
        Objects.requireNonNull(type, "type");
        if (value != null && !fits(type.kind(), value)) {
            throw new IllegalArgumentException(
                    "No value of type %s: %s".formatted(type, value.getClass()));
        }
    }

    /** NULL of a type. */
    public static Datum nullOf(DataType type) {
        return new Datum(type, null);
    }

    /** An INT. */
    public static Datum ofInt(int value) {
        return new Datum(DataType.INT, (long) value);
    }

    /** A BIGINT. */
    public static Datum ofLong(long value) {
        return new Datum(DataType.BIGINT, value);
    }

    /** A STRING. */
    public static Datum ofString(String value) {
        return new Datum(DataType.STRING, value);
    }

    /** A BOOLEAN. */
    public static Datum ofBoolean(boolean value) {
        return new Datum(DataType.BOOLEAN, value);
    }

    /** A DOUBLE. */
    public static Datum ofDouble(double value) {
        return new Datum(DataType.DOUBLE, value);
    }

    /** Whether this is NULL. */
    public boolean isNull() {
        return value == null;
    }

    private static boolean fits(TypeKind kind, Object value) {
        return switch (kind) {
            case VOID -> false;
            case BOOLEAN -> value instanceof Boolean;
            case TINYINT, SMALLINT, INT, BIGINT, DATE, INTERVAL_YEAR_MONTH -> value instanceof Long;
            case FLOAT, DOUBLE -> value instanceof Double;
            case DECIMAL -> value instanceof BigDecimal;
            case STRING, VARCHAR, CHAR -> value instanceof String;
            case BINARY -> value instanceof Bytes;
            case TIMESTAMP, TIMESTAMP_LOCAL_TZ, INTERVAL_DAY_TIME -> value instanceof NanoTime;
            case ARRAY, MAP, STRUCT, UNION -> value instanceof List;
        };
    }
}
