package org.skep.types.text;

/** Intervals as text: {@code 1-2} in years and months, {@code 1 02:03:04.5} in days. Stateless. */
public final class IntervalText {
    private IntervalText() {}

    /**
     * Reads {@code [sign]years-months}, with at most 11 months.
     *
     * @return whether it is one, then {@link Parsed#value} is in months
     */
    public static boolean parseYearMonth(byte[] data, int offset, int length, Parsed result) {
        Cursor cursor = new Cursor(data, offset, length);
        int sign = cursor.sign();
        long years = cursor.number(Integer.MAX_VALUE);
        long months = cursor.skip('-') ? cursor.number(11) : -1;
        long total = years * 12 + months;
        if (years < 0 || months < 0 || !cursor.atEnd() || total > Integer.MAX_VALUE) {
            return false;
        }
        result.value = sign * total;
        return true;
    }

    /**
     * Reads {@code [sign]days hours:minutes:seconds[.fraction]}, with at most 23 hours and 59
     * minutes.
     *
     * @return whether it is one, then it is in {@link Parsed#value} in microseconds and {@link
     *     Parsed#nanos}
     */
    public static boolean parseDayTime(byte[] data, int offset, int length, Parsed result) {
        Cursor cursor = new Cursor(data, offset, length);
        int sign = cursor.sign();
        long days = cursor.number(Integer.MAX_VALUE);
        long hours = cursor.skip(' ') ? cursor.number(23) : -1;
        long minutes = cursor.skip(':') ? cursor.number(59) : -1;
        long seconds = cursor.skip(':') ? cursor.number(Integer.MAX_VALUE) : -1;
        long fraction = cursor.skip('.') ? cursor.nanos() : 0;
        if ((days | hours | minutes | seconds | fraction) < 0
                || !cursor.atEnd()
                || days > Long.MAX_VALUE / CivilDate.MICROS_PER_DAY - 30_000) {
            return false;
        }
        long micros =
                (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction / 1000;
        int nanos = (int) (fraction % 1000);
        if (sign < 0) {
            micros = nanos == 0 ? -micros : -micros - 1;
            nanos = nanos == 0 ? 0 : 1000 - nanos;
        }
        result.value = micros;
        result.nanos = nanos;
        return true;
    }

    /** Prints {@code 1-2} or {@code -1-2}. */
    public static void appendYearMonth(long months, ByteSink out) {
        if (months < 0) {
            out.append('-');
        }
        long magnitude = Math.abs(months);
        IntegerText.append(magnitude / 12, out);
        out.append('-');
        IntegerText.append(magnitude % 12, out);
    }

    /** Prints {@code 29 00:00:00.000000000}, with a minus before all if it is negative. */
    public static void appendDayTime(long micros, int nanos, ByteSink out) {
        long magnitude = micros;
        int below = nanos;
        if (micros < 0) {
            out.append('-');
            magnitude = nanos == 0 ? -micros : -micros - 1;
            below = nanos == 0 ? 0 : 1000 - nanos;
        }
        long days = magnitude / CivilDate.MICROS_PER_DAY;
        long ofDay = magnitude % CivilDate.MICROS_PER_DAY;
        int seconds = (int) (ofDay / 1_000_000);
        IntegerText.append(days, out);
        out.append(' ');
        IntegerText.appendDigits(seconds / 3600, 2, out);
        out.append(':');
        IntegerText.appendDigits(seconds / 60 % 60, 2, out);
        out.append(':');
        IntegerText.appendDigits(seconds % 60, 2, out);
        out.append('.');
        IntegerText.appendDigits(ofDay % 1_000_000 * 1000 + below, 9, out);
    }

    /** Walks over the fields; intervals are rare in data, so an object a value is affordable. */
    private static final class Cursor {
        private final byte[] data;
        private final int end;
        private int at;

        Cursor(byte[] data, int offset, int length) {
            this.data = data;
            int last = offset + length;
            at = offset;
            while (at < last && (data[at] & 0xff) <= ' ') {
                at++;
            }
            while (last > at && (data[last - 1] & 0xff) <= ' ') {
                last--;
            }
            end = last;
        }

        int sign() {
            if (skip('-')) {
                return -1;
            }
            skip('+');
            return 1;
        }

        boolean skip(char wanted) {
            if (at < end && data[at] == wanted) {
                at++;
                return true;
            }
            return false;
        }

        long number(long most) {
            int from = at;
            long number = 0;
            while (at < end && data[at] >= '0' && data[at] <= '9') {
                number = Math.min(number * 10 + data[at] - '0', Integer.MAX_VALUE + 1L);
                at++;
            }
            return at == from || number > most ? -1 : number;
        }

        long nanos() {
            int from = at;
            long number = 0;
            while (at < end && data[at] >= '0' && data[at] <= '9') {
                if (at - from < 9) {
                    number = number * 10 + data[at] - '0';
                }
                at++;
            }
            for (int digits = at - from; digits < 9; digits++) {
                number *= 10;
            }
            return at == from ? -1 : number;
        }

        boolean atEnd() {
            return at == end;
        }
    }
}
