package org.skep.functions.reflection;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.skep.functions.call.RowCall;
import org.skep.types.DataType;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueText;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;

/**
 * What values of a type are in Java. Immutable.
 *
 * @param boxed the class of the values
 * @param primitive the primitive that methods may take instead, or null
 */
record JavaType(Class<?> boxed, Class<?> primitive) {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final Map<Class<?>, DataType> RETURNED =
            Map.ofEntries(
                    Map.entry(boolean.class, DataType.BOOLEAN),
                    Map.entry(Boolean.class, DataType.BOOLEAN),
                    Map.entry(byte.class, DataType.TINYINT),
                    Map.entry(Byte.class, DataType.TINYINT),
                    Map.entry(short.class, DataType.SMALLINT),
                    Map.entry(Short.class, DataType.SMALLINT),
                    Map.entry(int.class, DataType.INT),
                    Map.entry(Integer.class, DataType.INT),
                    Map.entry(long.class, DataType.BIGINT),
                    Map.entry(Long.class, DataType.BIGINT),
                    Map.entry(float.class, DataType.FLOAT),
                    Map.entry(Float.class, DataType.FLOAT),
                    Map.entry(double.class, DataType.DOUBLE),
                    Map.entry(Double.class, DataType.DOUBLE),
                    Map.entry(String.class, DataType.STRING),
                    Map.entry(byte[].class, DataType.BINARY));

    static JavaType of(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new JavaType(Boolean.class, boolean.class);
            case TINYINT -> new JavaType(Byte.class, byte.class);
            case SMALLINT -> new JavaType(Short.class, short.class);
            case INT -> new JavaType(Integer.class, int.class);
            case BIGINT -> new JavaType(Long.class, long.class);
            case FLOAT -> new JavaType(Float.class, float.class);
            case DOUBLE -> new JavaType(Double.class, double.class);
            case DECIMAL -> new JavaType(DecimalValue.class, null);
            case STRING -> new JavaType(String.class, null);
            case BINARY -> new JavaType(byte[].class, null);
            case DATE -> new JavaType(DateValue.class, null);
            case TIMESTAMP -> new JavaType(TimestampValue.class, null);
            case VOID -> new JavaType(Void.class, null);
            case CHAR, VARCHAR, TIMESTAMP_LOCAL_TZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                    new JavaType(TextValue.class, null);
            case ARRAY, MAP, STRUCT, UNION ->
                    throw new IllegalArgumentException("No plain type: " + type);
        };
    }

    /** The type of what a method returns, if SQL has one. */
    static Optional<DataType> returned(Class<?> type) {
        return Optional.ofNullable(RETURNED.get(type));
    }

    /** The value of an argument; null for NULL. */
    static Object value(RowCall call, int index) {
        if (call.isNull(index)) {
            return null;
        }
        return switch (call.vector(index).type().kind()) {
            case BOOLEAN -> call.booleanAt(index);
            case TINYINT -> (byte) call.longAt(index);
            case SMALLINT -> (short) call.longAt(index);
            case INT -> (int) call.longAt(index);
            case BIGINT -> call.longAt(index);
            case FLOAT -> (float) call.doubleAt(index);
            case DOUBLE -> call.doubleAt(index);
            case DECIMAL ->
                    new DecimalValue(
                            ((DecimalVector) call.vector(index)).decimalAt(call.position(index)));
            case STRING -> call.textAt(index);
            case BINARY -> call.bytesAt(index);
            case DATE -> new DateValue(LocalDate.ofEpochDay(call.longAt(index)));
            case TIMESTAMP ->
                    new TimestampValue(
                            dateTime((LongVector) call.vector(index), call.position(index)),
                            text(call, index));
            default -> new TextValue(text(call, index));
        };
    }

    private static LocalDateTime dateTime(LongVector times, int row) {
        long micros = times.values()[row];
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000 + times.nanosAt(row);
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), nanos, ZoneOffset.UTC);
    }

    private static String text(RowCall call, int index) {
        ColumnVector vector = call.vector(index);
        ByteSink sink = new ByteSink();
        ValueText.append(vector, call.position(index), sink, call.context().zone());
        return new String(sink.data(), 0, sink.length(), StandardCharsets.UTF_8);
    }

    /** How well a parameter takes values of this type: 2 exactly, 1 as any object, 0 not at all. */
    int fit(Class<?> parameter) {
        if (parameter == primitive || parameter == boxed) {
            return 2;
        }
        return parameter.isAssignableFrom(boxed) ? 1 : 0;
    }
}
