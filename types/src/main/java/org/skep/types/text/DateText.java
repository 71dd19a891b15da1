package org.skep.types.text;

/**
 * DATE as text. Parsing is lenient: month and day may have one digit, blanks around are ignored,
 * and all from the first blank or {@code T} on is ignored; there must be such a date. Stateless.
 */
public final class DateText {
    private static final long BAD = Long.MIN_VALUE;

    private DateText() {}

    /**
     * Reads a date.
     *
     * @return whether it is one, then {@link Parsed#value} is its day
     */
    public static boolean parse(byte[] data, int offset, int length, Parsed result) {
        int start = offset;
        int end = offset + length;
        while (start < end && (data[start] & 0xff) <= ' ') {
            start++;
        }
        while (end > start && (data[end - 1] & 0xff) <= ' ') {
            end--;
        }
        if (end - start == 10 && data[start + 4] == '-' && data[start + 7] == '-') {
            long days = fixedWidth(data, start);
            if (days != BAD) {
                result.value = days;
                return true;
            }
        }
        int at = prefix(data, start, end, result);
        if (at < 0) {
            return false;
        }
        if (at == end || data[at] == ' ') {
            return true;
        }
        return data[at] == 'T' && indexOf(data, at, end, ' ') < 0;
    }

    private static int indexOf(byte[] data, int from, int end, char wanted) {
        for (int i = from; i < end; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static long fixedWidth(byte[] data, int at) {
        int year = digits(data, at, 4);
        int month = digits(data, at + 5, 2);
        int day = digits(data, at + 8, 2);
        if ((year | month | day) < 0 || !CivilDate.isValid(year, month, day)) {
            return BAD;
        }
        return CivilDate.toDays(year, month, day);
    }

    /** The number made of exactly {@code count} digits, or -1. */
    static int digits(byte[] data, int at, int count) {
        int number = 0;
        for (int i = at; i < at + count; i++) {
            int digit = data[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /**
     * Reads a date at the beginning of a run of bytes.
     *
     * @return the position after it, or -1 if there is none
     */
    static int prefix(byte[] data, int start, int end, Parsed result) {
        return prefix(data, start, end, false, result);
    }

    /** Like {@link #prefix}, but days up to the 31st that a month has not are its last day. */
    static int lenientPrefix(byte[] data, int start, int end, Parsed result) {
        return prefix(data, start, end, true, result);
    }

    private static int prefix(byte[] data, int start, int end, boolean lenient, Parsed result) {
        int at = start;
        boolean negative = at < end && data[at] == '-';
        if (negative) {
            at++;
        }
        long year = 0;
        int from = at;
        while (at < end && data[at] >= '0' && data[at] <= '9' && at - from < 10) {
            year = year * 10 + data[at] - '0';
            at++;
        }
        if (at == from || at == end || data[at] != '-') {
            return -1;
        }
        long month = upToTwoDigits(data, at + 1, end);
        at += 1 + (int) (month >> 32);
        if (month < 0 || at == end || data[at] != '-') {
            return -1;
        }
        long day = upToTwoDigits(data, at + 1, end);
        at += 1 + (int) (day >> 32);
        if (day < 0) {
            return -1;
        }
        year = negative ? -year : year;
        int dayOfMonth = (int) day;
        while (lenient
                && dayOfMonth > 28
                && dayOfMonth <= 31
                && !CivilDate.isValid(year, (int) month, dayOfMonth)) {
            dayOfMonth--;
        }
        if (!CivilDate.isValid(year, (int) month, dayOfMonth)) {
            return -1;
        }
        result.value = CivilDate.toDays(year, (int) month, dayOfMonth);
        return result.value == (int) result.value ? at : -1;
    }

    /** The number in the low half and its width in the high half, or a negative number. */
    static long upToTwoDigits(byte[] data, int at, int end) {
        if (at >= end || data[at] < '0' || data[at] > '9') {
            return -1;
        }
        int number = data[at] - '0';
        if (at + 1 < end && data[at + 1] >= '0' && data[at + 1] <= '9') {
            return 2L << 32 | (number * 10 + data[at + 1] - '0');
        }
        return 1L << 32 | number;
    }

    /** Prints {@code 2020-01-05}; years beyond 9999 with a plus, before 0 with a minus. */
    public static void append(long days, ByteSink out) {
        long packed = CivilDate.fromDays(days);
        int year = CivilDate.year(packed);
        out.ensure(16);
        if (year < 0) {
            out.append('-');
            year = -year;
        } else if (year > 9999) {
            out.append('+');
        }
        IntegerText.appendDigits(year, Math.max(4, IntegerText.digitCount(year)), out);
        out.append('-');
        IntegerText.appendDigits(CivilDate.month(packed), 2, out);
        out.append('-');
        IntegerText.appendDigits(CivilDate.day(packed), 2, out);
    }
}
