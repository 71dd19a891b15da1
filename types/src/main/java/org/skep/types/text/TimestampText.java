package org.skep.types.text;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Locale;

/**
 * TIMESTAMP and TIMESTAMP WITH LOCAL TIME ZONE as text. Stateless.
 *
 * <p>A timestamp is a date as of {@link DateText}, and after a blank or {@code T} hours, minutes
 * and seconds, which may have a fraction; its digits beyond the ninth are cut off. A zone after it
 * is ignored. If anything is wrong after the date, the whole time of day is dropped.
 */
public final class TimestampText {
    private static final long SECONDS_PER_DAY = 86_400;

    private TimestampText() {}

    /**
     * Reads a timestamp leniently.
     *
     * @return whether it is one, then it is in {@link Parsed#value} and {@link Parsed#nanos}
     */
    public static boolean parse(byte[] data, int offset, int length, Parsed result) {
        return parse(data, offset, offset + length, false, result);
    }

    /**
     * Hive's rule for fields of text files: like {@link #parse}, but a date alone is no timestamp,
     * nor is one with anything wrong after the date, with a zone, or with more than nine digits.
     *
     * @return whether it is one, then it is in {@link Parsed#value} and {@link Parsed#nanos}
     */
    public static boolean parseStored(byte[] data, int offset, int length, Parsed result) {
        return parse(data, offset, offset + length, true, result);
    }

    private static boolean parse(byte[] data, int from, int to, boolean stored, Parsed result) {
        int start = from;
        int end = to;
        while (start < end && (data[start] & 0xff) <= ' ') {
            start++;
        }
        while (end > start && (data[end - 1] & 0xff) <= ' ') {
            end--;
        }
        int at = DateText.prefix(data, start, end, result);
        if (at < 0) {
            return false;
        }
        long days = result.value;
        if (at == end) {
            return !stored && set(days, 0, 0, result);
        }
        if (data[at] != ' ' && data[at] != 'T') {
            return false;
        }
        int after = time(data, at + 1, end, data[at] == 'T', result);
        boolean whole =
                stored
                        ? after == end && (end - at < 11 || !isDigits(data, end - 10, 10))
                        : after == end
                                || (after > 0 && data[at] == ' ' && isZone(data, after, end));
        if (whole) {
            return set(days, result.value, result.nanos, result);
        }
        return !stored && set(days, 0, 0, result);
    }

    /**
     * Reads a time of day: seconds into {@code value}, nanoseconds of the second into {@code
     * nanos}.
     *
     * @param iso with two digits a field, and seconds optional
     * @return the position after it, or -1
     */
    private static int time(byte[] data, int from, int end, boolean iso, Parsed result) {
        long hour = DateText.upToTwoDigits(data, from, end);
        int at = from + (int) (hour >> 32);
        if (hour < 0 || at >= end || data[at] != ':') {
            return -1;
        }
        long minute = DateText.upToTwoDigits(data, at + 1, end);
        at += 1 + (int) (minute >> 32);
        if (minute < 0 || (int) hour > 23 || (int) minute > 59) {
            return -1;
        }
        result.nanos = 0;
        result.value = (int) hour * 3600L + (int) minute * 60L;
        if (at >= end || data[at] != ':') {
            return iso && at == end && at - from == 5 ? at : -1;
        }
        long second = DateText.upToTwoDigits(data, at + 1, end);
        at += 1 + (int) (second >> 32);
        if (second < 0 || (int) second > 59 || (iso && at - from != 8)) {
            return -1;
        }
        result.value += (int) second;
        if (at == end || data[at] != '.') {
            return at;
        }
        return fraction(data, at + 1, end, result);
    }

    private static int fraction(byte[] data, int from, int end, Parsed result) {
        int at = from;
        int nanos = 0;
        while (at < end && data[at] >= '0' && data[at] <= '9') {
            if (at - from < 9) {
                nanos = nanos * 10 + data[at] - '0';
            }
            at++;
        }
        for (int digits = at - from; digits < 9; digits++) {
            nanos *= 10;
        }
        result.nanos = nanos;
        return at == from ? -1 : at;
    }

    /** Leaves the sum of days, seconds and nanoseconds in {@code result}, unless it is too far. */
    private static boolean set(long days, long seconds, int nanosOfSecond, Parsed result) {
        long total = days * SECONDS_PER_DAY + seconds;
        if (total > Long.MAX_VALUE / 1_000_000 - 1 || total < Long.MIN_VALUE / 1_000_000) {
            return false;
        }
        result.value = total * 1_000_000 + nanosOfSecond / 1000;
        result.nanos = nanosOfSecond % 1000;
        return true;
    }

    /**
     * Reads a timestamp with time zone: a date and a time of day in full width, parted by a blank,
     * and a zone. The time may be missing, and the zone, which then is {@code zone}.
     *
     * @return whether it is one, then the instant is in {@link Parsed#value} and {@link
     *     Parsed#nanos}
     */
    public static boolean parseLocal(
            byte[] data, int offset, int length, ZoneId zone, Parsed result) {
        int start = offset;
        int end = offset + length;
        while (start < end && (data[start] & 0xff) <= ' ') {
            start++;
        }
        while (end > start && (data[end - 1] & 0xff) <= ' ') {
            end--;
        }
        int at = DateText.lenientPrefix(data, start, end, result);
        if (at < start + 10 || data[at - 3] != '-' || data[at - 6] != '-') {
            return false;
        }
        long days = result.value;
        long seconds = 0;
        int nanos = 0;
        if (at + 1 < end && data[at] == ' ' && data[at + 1] >= '0' && data[at + 1] <= '9') {
            int after = time(data, at + 1, end, false, result);
            if (after < at + 9 || data[at + 3] != ':' || data[at + 6] != ':') {
                return false;
            }
            seconds = result.value;
            nanos = result.nanos;
            at = after;
        }
        ZoneId itsZone = at == end ? zone : zoneAt(data, at, end);
        if (itsZone == null || !set(days, seconds, nanos, result)) {
            return false;
        }
        result.value = toInstant(result.value, itsZone);
        return true;
    }

    private static boolean isDigits(byte[] data, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isZone(byte[] data, int from, int end) {
        return zoneAt(data, from, end) != null;
    }

    private static ZoneId zoneAt(byte[] data, int from, int end) {
        int start = data[from] == ' ' ? from + 1 : from;
        if (start >= end) {
            return null;
        }
        String name = new String(data, start, end - start, StandardCharsets.ISO_8859_1);
        if ((name.charAt(0) == '+' || name.charAt(0) == '-') && name.indexOf(':') == 2) {
            name = name.charAt(0) + "0" + name.substring(1);
        }
        return zone(name);
    }

    /**
     * The zone of a name such as {@code US/Pacific}, {@code PST} or {@code +08:00}, or null if
     * there is none.
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            String upper = name.toUpperCase(Locale.ROOT);
            return upper.equals("UTC") || upper.equals("GMT") ? ZoneOffset.UTC : null;
        }
    }

    /**
     * The instant at which clocks of a zone show a local time; both in microseconds. Local times
     * that a change of clocks skips count from before the change; of two instants the earlier is
     * taken.
     */
    public static long toInstant(long localMicros, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        ZoneOffset offset;
        if (rules.isFixedOffset()) {
            offset = rules.getOffset(Instant.EPOCH);
        } else {
            long seconds = Math.floorDiv(localMicros, 1_000_000L);
            offset = rules.getOffset(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
        }
        return localMicros - offset.getTotalSeconds() * 1_000_000L;
    }

    /** What clocks of a zone show at an instant; both in microseconds. */
    public static long toLocal(long instantMicros, ZoneId zone) {
        ZoneOffset offset =
                zone.getRules()
                        .getOffset(Instant.ofEpochSecond(Math.floorDiv(instantMicros, 1_000_000L)));
        return instantMicros + offset.getTotalSeconds() * 1_000_000L;
    }

    /** Prints {@code 2020-01-05 10:11:12.1}: no fraction if it is 0, no zeros at its end. */
    public static void append(long micros, int nanos, ByteSink out) {
        int fraction = appendSeconds(micros, nanos, out);
        if (fraction != 0) {
            appendFraction(fraction, out);
        }
    }

    /**
     * Prints {@code 2020-01-01 00:00:00.0 US/Pacific}: the local time of {@code zone} with a
     * fraction of at least one digit, and the zone's name.
     */
    public static void appendLocal(long micros, int nanos, ZoneId zone, ByteSink out) {
        int fraction = appendSeconds(toLocal(micros, zone), nanos, out);
        if (fraction != 0) {
            appendFraction(fraction, out);
        } else {
            out.appendAscii(".0");
        }
        out.append(' ');
        out.appendAscii(zone.getId());
    }

    private static int appendSeconds(long micros, int nanos, ByteSink out) {
        long days = CivilDate.daysOfMicros(micros);
        long ofDay = micros - days * CivilDate.MICROS_PER_DAY;
        int seconds = (int) (ofDay / 1_000_000);
        DateText.append(days, out);
        out.append(' ');
        IntegerText.appendDigits(seconds / 3600, 2, out);
        out.append(':');
        IntegerText.appendDigits(seconds / 60 % 60, 2, out);
        out.append(':');
        IntegerText.appendDigits(seconds % 60, 2, out);
        return (int) (ofDay % 1_000_000) * 1000 + nanos;
    }

    private static void appendFraction(int nanosOfSecond, ByteSink out) {
        int digits = 9;
        int fraction = nanosOfSecond;
        while (fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        out.append('.');
        IntegerText.appendDigits(fraction, digits, out);
    }
}
