package org.skep.columnar.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;

/**
 * The further ways of writing timestamps that a table's {@code timestamp.formats} allows: patterns
 * of {@link DateTimeFormatter}, {@code iso8601}, {@code rfc1123} and {@code millis} (since the
 * epoch). They are precise to a millisecond. Confined to one thread.
 */
final class TimestampFormats {
    private static final List<ChronoField> FIELDS =
            List.of(
                    ChronoField.YEAR,
                    ChronoField.MONTH_OF_YEAR,
                    ChronoField.DAY_OF_MONTH,
                    ChronoField.HOUR_OF_DAY,
                    ChronoField.MINUTE_OF_HOUR,
                    ChronoField.SECOND_OF_MINUTE,
                    ChronoField.MILLI_OF_SECOND,
                    ChronoField.NANO_OF_SECOND);

    private final List<DateTimeFormatter> formatters = new ArrayList<>();
    private boolean millis;

    TimestampFormats(List<String> patterns) {
        for (String pattern : patterns) {
            switch (pattern) {
                case "millis" -> millis = true;
                case "iso8601" -> formatters.add(DateTimeFormatter.ISO_INSTANT);
                case "rfc1123" -> formatters.add(DateTimeFormatter.RFC_1123_DATE_TIME);
                default -> formatters.add(formatter(pattern));
            }
        }
    }

    private static DateTimeFormatter formatter(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, java.util.Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid pattern in timestamp.formats: " + pattern,
                    e);
        }
    }

    /** Whether one of the formats fits; the value is then set. */
    boolean parse(byte[] data, int start, int length, ColumnVector out, int row) {
        String text = new String(data, start, length, StandardCharsets.US_ASCII);
        Long found = millis ? parseMillis(text) : null;
        for (int i = 0; i < formatters.size() && found == null; i++) {
            found = parse(text, formatters.get(i));
        }
        if (found == null) {
            return false;
        }
        ((LongVector) out).set(row, found * 1000, 0);
        return true;
    }

    private static Long parseMillis(String text) {
        try {
            return new BigDecimal(text).setScale(0, RoundingMode.DOWN).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static Long parse(String text, DateTimeFormatter formatter) {
        try {
            TemporalAccessor fields = formatter.parse(text);
            if (fields.isSupported(ChronoField.INSTANT_SECONDS)) {
                return Instant.from(fields).toEpochMilli();
            }
            ZonedDateTime time = Instant.EPOCH.atZone(ZoneOffset.UTC);
            for (ChronoField field : FIELDS) {
                if (fields.isSupported(field)) {
                    time = time.with(field, fields.getLong(field));
                }
            }
            return time.toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
