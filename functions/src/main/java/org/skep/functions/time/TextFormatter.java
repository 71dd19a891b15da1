package org.skep.functions.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Formats and reads points in time by the pattern letters of {@code java.time}, in English,
 * remembering compiled patterns. Confined to one thread.
 */
final class TextFormatter {
    private static final int REMEMBERED = 64;

    private final Map<String, DateTimeFormatter> formatters = new HashMap<>();

    /** The formatter of a pattern, or null if the pattern is not valid. */
    private DateTimeFormatter formatter(String pattern) {
        DateTimeFormatter known = formatters.get(pattern);
        if (known != null || formatters.containsKey(pattern)) {
            return known;
        }
        if (formatters.size() >= REMEMBERED) {
            formatters.clear();
        }
        DateTimeFormatter made;
        try {
            made =
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern(pattern)
                            .toFormatter(Locale.US);
        } catch (IllegalArgumentException e) {
            made = null;
        }
        formatters.put(pattern, made);
        return made;
    }

    /** The text of a local time shown in a zone, or null if the pattern does not allow it. */
    String format(long localMicros, int nanos, String pattern, ZoneId zone) {
        DateTimeFormatter formatter = formatter(pattern);
        if (formatter == null) {
            return null;
        }
        try {
            return formatter.format(local(localMicros, nanos).atZone(zone));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalDateTime local(long micros, int nanos) {
        long second = Math.floorDiv(micros, 1_000_000L);
        int nano = (int) Math.floorMod(micros, 1_000_000L) * 1000 + nanos;
        return LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC);
    }

    /**
     * The second since the epoch that a text names, in {@code zone} unless it names one itself; the
     * time of day is midnight if the pattern has none.
     *
     * @return null if the text does not follow the pattern
     */
    Long parseSecond(String text, String pattern, ZoneId zone) {
        DateTimeFormatter formatter = formatter(pattern);
        if (formatter == null) {
            return null;
        }
        try {
            TemporalAccessor parsed = formatter.parse(text);
            if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                return parsed.getLong(ChronoField.INSTANT_SECONDS);
            }
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date == null) {
                date = date(parsed);
            }
            LocalTime time = parsed.query(TemporalQueries.localTime());
            ZoneId named = parsed.query(TemporalQueries.zone());
            LocalTime atTime = time == null ? time(parsed) : time;
            return LocalDateTime.of(date, atTime)
                    .atZone(named == null ? zone : named)
                    .toEpochSecond();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalDate date(TemporalAccessor parsed) {
        int year = 1970;
        if (parsed.isSupported(ChronoField.YEAR)) {
            year = parsed.get(ChronoField.YEAR);
        } else if (parsed.isSupported(ChronoField.YEAR_OF_ERA)) {
            year = parsed.get(ChronoField.YEAR_OF_ERA);
        }
        return LocalDate.of(
                year,
                field(parsed, ChronoField.MONTH_OF_YEAR, 1),
                field(parsed, ChronoField.DAY_OF_MONTH, 1));
    }

    private static LocalTime time(TemporalAccessor parsed) {
        return LocalTime.of(
                field(parsed, ChronoField.HOUR_OF_DAY, 0),
                field(parsed, ChronoField.MINUTE_OF_HOUR, 0),
                field(parsed, ChronoField.SECOND_OF_MINUTE, 0));
    }

    private static int field(TemporalAccessor parsed, ChronoField field, int absent) {
        return parsed.isSupported(field) ? parsed.get(field) : absent;
    }
}
