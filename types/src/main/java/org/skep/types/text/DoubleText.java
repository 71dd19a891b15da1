package org.skep.types.text;

import java.nio.charset.StandardCharsets;

/**
 * DOUBLE and FLOAT as text. Numbers are read as {@code Double.parseDouble} and {@code
 * Float.parseFloat} do and printed as {@code Double.toString} and {@code Float.toString} do since
 * JDK 19: the fewest digits that read back as the same number. Stateless.
 */
public final class DoubleText {
    private static final double[] POWERS = new double[23];
    private static final long EXACT_SIGNIFICAND = 1L << 53;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private DoubleText() {}

    /**
     * Reads a DOUBLE; blanks around are ignored; {@code NaN}, {@code Infinity}, hexadecimal and a
     * trailing {@code d} or {@code f} are understood.
     *
     * @return whether it is one, then it is in {@link Parsed#number}
     */
    public static boolean parse(byte[] data, int offset, int length, Parsed result) {
        return parsePlain(data, offset, length, result)
                || parseDoubleSlowly(data, offset, length, result);
    }

    /**
     * Reads a FLOAT, rounded once; otherwise like {@link #parse}.
     *
     * @return whether it is one, then it is in {@link Parsed#number}
     */
    public static boolean parseFloat(byte[] data, int offset, int length, Parsed result) {
        if (parsePlain(data, offset, length, result)) {
            double number = result.number;
            double magnitude = Math.abs(number);
            // Rounding twice differs from once only half way between two floats.
            boolean halfWay = (Double.doubleToRawLongBits(number) & 0x1fffffff) == 0x10000000;
            if (number == 0 || (!halfWay && magnitude > 1e-30 && magnitude < 1e30)) {
                result.number = (float) number;
                return true;
            }
        }
        String text = plausible(data, offset, length);
        if (text == null) {
            return false;
        }
        try {
            result.number = Float.parseFloat(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean parseDoubleSlowly(byte[] data, int offset, int length, Parsed result) {
        String text = plausible(data, offset, length);
        if (text == null) {
            return false;
        }
        try {
            result.number = Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The text if it may be a number at all, else null: exceptions are slow. */
    private static String plausible(byte[] data, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && (data[at] & 0xff) <= ' ') {
            at++;
        }
        if (at < end && (data[at] == '-' || data[at] == '+')) {
            at++;
        }
        if (at == end) {
            return null;
        }
        byte first = data[at];
        boolean digit = first >= '0' && first <= '9';
        if (!digit && first != '.' && first != 'N' && first != 'I') {
            return null;
        }
        return new String(data, offset, length, StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads a plain decimal whose digits and power of ten are both exact doubles, so that one
     * operation rounds correctly (Clinger).
     */
    private static boolean parsePlain(byte[] data, int offset, int length, Parsed result) {
        int at = offset;
        int end = offset + length;
        while (at < end && data[at] == ' ') {
            at++;
        }
        while (end > at && data[end - 1] == ' ') {
            end--;
        }
        boolean negative = at < end && data[at] == '-';
        if (negative || (at < end && data[at] == '+')) {
            at++;
        }
        long digits = 0;
        int from = at;
        int point = -1;
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                if (digits >= EXACT_SIGNIFICAND) {
                    return false;
                }
            } else if (data[at] == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        if (at - from - (point < 0 ? 0 : 1) == 0) {
            return false;
        }
        int exponent = point < 0 ? 0 : point + 1 - at;
        if (at < end) {
            if ((data[at] | 0x20) != 'e') {
                return false;
            }
            int given = exponent(data, at + 1, end);
            if (given == Integer.MIN_VALUE) {
                return false;
            }
            exponent += given;
        }
        if (exponent < -22 || exponent > 22) {
            return false;
        }
        double number = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
        result.number = negative ? -number : number;
        return true;
    }

    private static int exponent(byte[] data, int from, int end) {
        int at = from;
        boolean negative = at < end && data[at] == '-';
        if (negative || (at < end && data[at] == '+')) {
            at++;
        }
        if (at == end || end - at > 3) {
            return Integer.MIN_VALUE;
        }
        int exponent = DateText.digits(data, at, end - at);
        if (exponent < 0) {
            return Integer.MIN_VALUE;
        }
        return negative ? -exponent : exponent;
    }

    /** Prints a DOUBLE. */
    public static void append(double value, ByteSink out) {
        long bits = Double.doubleToRawLongBits(value);
        long significand = bits & (1L << 52) - 1;
        int exponent = (int) (bits >>> 52) & 0x7ff;
        if (appendSpecial(value, bits < 0, exponent == 0x7ff, out)) {
            return;
        }
        boolean narrowBelow = significand == 0 && exponent > 1;
        if (exponent == 0) {
            exponent = 1;
        } else {
            significand |= 1L << 52;
        }
        appendShortest(significand, exponent - 1075, narrowBelow, significand < 3, out);
    }

    /** Prints a FLOAT. */
    public static void append(float value, ByteSink out) {
        int bits = Float.floatToRawIntBits(value);
        int significand = bits & (1 << 23) - 1;
        int exponent = bits >>> 23 & 0xff;
        if (appendSpecial(value, bits < 0, exponent == 0xff, out)) {
            return;
        }
        boolean narrowBelow = significand == 0 && exponent > 1;
        if (exponent == 0) {
            exponent = 1;
        } else {
            significand |= 1 << 23;
        }
        appendShortest(significand, exponent - 150, narrowBelow, significand < 8, out);
    }

    /** Prints the sign, and all if there are no digits to find. */
    private static boolean appendSpecial(
            double value, boolean negative, boolean notFinite, ByteSink out) {
        if (Double.isNaN(value)) {
            out.appendAscii("NaN");
            return true;
        }
        if (negative) {
            out.append('-');
        }
        if (notFinite) {
            out.appendAscii("Infinity");
            return true;
        }
        if (value == 0) {
            out.appendAscii("0.0");
            return true;
        }
        return false;
    }

    /**
     * @param tiny whether the number has so few bits that it must be scaled up to yield two digits
     */
    private static void appendShortest(
            long significand, int exponent, boolean narrowBelow, boolean tiny, ByteSink out) {
        int power = ShortestDecimal.power(exponent, narrowBelow);
        long scaled = tiny ? significand * 10 : significand;
        long digits = ShortestDecimal.digits(scaled, exponent, narrowBelow, power);
        ShortestDecimal.append(digits, tiny ? power - 1 : power, out);
    }
}
