package org.skep.jdbc;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the texts in which dates, timestamps and intervals travel. Each method throws {@link
 * DateTimeException} for a text that is not of its kind.
 */
final class TemporalText {
    private static final DateTimeFormatter DATE =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 1, 10, SignStyle.NORMAL)
                    .appendLiteral('-')
                    .appendValue(ChronoField.MONTH_OF_YEAR, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendLiteral('-')
                    .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.HOUR_OF_DAY, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendLiteral(':')
                    .appendValue(ChronoField.MINUTE_OF_HOUR, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendLiteral(':')
                    .appendValue(ChronoField.SECOND_OF_MINUTE, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern DATE_TIME =
            Pattern.compile("(?<date>[+-]?\\d+-\\d+-\\d+)(?:[ T]+(?<time>[\\d:.]+))?");
    private static final Pattern ZONED =
            Pattern.compile("(?<local>\\S+[ T]\\S+?) ?(?<zone>[A-Za-z][\\w/+:-]*|[+-][\\d:]+)");
    private static final Pattern YEAR_MONTH =
            Pattern.compile("(?<sign>[+-]?)(?<years>\\d+)-(?<months>\\d+)");
    private static final Pattern DAY_TIME =
            Pattern.compile(
                    "(?<sign>[+-]?)(?<days>\\d+) (?<hours>\\d+):(?<minutes>\\d+):(?<seconds>\\d+)"
                            + "(?:\\.(?<nanos>\\d{1,9}))?");

    private TemporalText() {}

    /** A date; of a timestamp its date. */
    static LocalDate date(String text) {
        return LocalDate.parse(match(DATE_TIME, text).group("date"), DATE);
    }

    /** A time of day; of a timestamp its time. */
    static LocalTime time(String text) {
        Matcher matcher = DATE_TIME.matcher(text.strip());
        if (matcher.matches()) {
            return timeOf(matcher);
        }
        return LocalTime.parse(text.strip(), TIME);
    }

    /** A timestamp; a date means its midnight. */
    static LocalDateTime dateTime(String text) {
        Matcher matcher = match(DATE_TIME, text);
        return LocalDate.parse(matcher.group("date"), DATE).atTime(timeOf(matcher));
    }

    private static LocalTime timeOf(Matcher matcher) {
        String time = matcher.group("time");
        return time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time, TIME);
    }

    /** A timestamp with the name or offset of its zone behind it. */
    static ZonedDateTime zoned(String text) {
        Matcher matcher = match(ZONED, text);
        return dateTime(matcher.group("local")).atZone(ZoneId.of(matcher.group("zone")));
    }

    /** An interval of years and months, such as {@code -1-2}. */
    static Period yearMonth(String text) {
        Matcher matcher = match(YEAR_MONTH, text);
        int sign = matcher.group("sign").equals("-") ? -1 : 1;
        return Period.of(number(matcher, "years", sign), number(matcher, "months", sign), 0);
    }

    private static int number(Matcher matcher, String group, int sign) {
        try {
            return sign * Integer.parseInt(matcher.group(group));
        } catch (NumberFormatException e) {
            throw new DateTimeException("Number too large: " + matcher.group(group), e);
        }
    }

    /** An interval of days and time, such as {@code 29 00:00:00.000000000}. */
    static Duration dayTime(String text) {
        Matcher matcher = match(DAY_TIME, text);
        String nanos = matcher.group("nanos");
        String padded = nanos == null ? "0" : (nanos + "00000000").substring(0, 9);
        Duration size =
                Duration.ofDays(number(matcher, "days", 1))
                        .plusHours(number(matcher, "hours", 1))
                        .plusMinutes(number(matcher, "minutes", 1))
                        .plusSeconds(number(matcher, "seconds", 1))
                        .plusNanos(Integer.parseInt(padded));
        return matcher.group("sign").equals("-") ? size.negated() : size;
    }

    private static Matcher match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.strip());
        if (!matcher.matches()) {
            throw new DateTimeException("Text has another form: " + text);
        }
        return matcher;
    }
}
