package org.skep.types.text;

import java.math.BigInteger;
import org.skep.types.DecimalType;

/** DECIMAL as text: unscaled values of 128 bits in two words, the low one unsigned. Stateless. */
public final class DecimalText {
    private static final long[] POWERS = new long[19];
    private static final long[] POWER_HIGH = new long[DecimalType.MAX_PRECISION + 1];
    private static final long[] POWER_LOW = new long[DecimalType.MAX_PRECISION + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        for (int i = 0; i < POWER_LOW.length; i++) {
            BigInteger power = BigInteger.TEN.pow(i);
            POWER_HIGH[i] = power.shiftRight(64).longValue();
            POWER_LOW[i] = power.longValue();
        }
    }

    private DecimalText() {}

    /**
     * Reads a decimal, rounding it half up to {@code scale} digits after the point. Blanks around
     * are ignored; there may be a sign, a point and an exponent of at most two digits.
     *
     * @return whether it is a number that fits into {@code precision} digits, then the unscaled
     *     value is in {@link Parsed#high} and {@link Parsed#value}; with a precision of at most 18
     *     the latter alone is the value
     */
    public static boolean parse(
            byte[] data, int offset, int length, int precision, int scale, Parsed result) {
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
        return parseShort(data, at, end, precision, scale, negative, result)
                || parseMagnitude(data, at, end, precision, scale, negative, result);
    }

    /** Reads what has few digits, no exponent and nothing to round; all else is left to others. */
    private static boolean parseShort(
            byte[] data,
            int from,
            int end,
            int precision,
            int scale,
            boolean negative,
            Parsed result) {
        if (end - from > 18) {
            return false;
        }
        long value = 0;
        int point = -1;
        for (int i = from; i < end; i++) {
            int digit = data[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            } else if (data[i] == '.' && point < 0) {
                point = i;
            } else {
                return false;
            }
        }
        int zeros = point < 0 ? scale : scale - (end - point - 1);
        int digits = end - from - (point < 0 ? 0 : 1);
        if (digits == 0 || zeros < 0 || digits + zeros > 18) {
            return false;
        }
        value *= POWERS[zeros];
        if (precision < 18 && value >= POWERS[precision]) {
            return false;
        }
        result.value = negative ? -value : value;
        result.high = result.value >> 63;
        return true;
    }

    private static boolean parseMagnitude(
            byte[] data,
            int from,
            int end,
            int precision,
            int scale,
            boolean negative,
            Parsed result) {
        int at = from;
        int point = -1;
        int first = -1;
        for (; at < end; at++) {
            byte c = data[at];
            if (c >= '0' && c <= '9') {
                if (first < 0 && c != '0') {
                    first = at;
                }
            } else if (c == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        int digitsEnd = at;
        if (digitsEnd - from - (point < 0 ? 0 : 1) == 0) {
            return false;
        }
        int exponent = 0;
        if (at < end) {
            exponent = (data[at] | 0x20) == 'e' ? exponent(data, at + 1, end) : Integer.MIN_VALUE;
            if (exponent == Integer.MIN_VALUE) {
                return false;
            }
        }
        result.value = 0;
        result.high = 0;
        if (first < 0) {
            return true;
        }
        int pointAt = point < 0 ? digitsEnd : point;
        // How many digits, from the first that is not 0, lie before the (moved) point.
        int before = (pointAt > first ? pointAt - first : pointAt - first + 1) + exponent;
        int keep = before + scale;
        if (keep > precision) {
            return false;
        }
        if (keep >= 0) {
            accumulate(data, first, digitsEnd, keep, result);
        }
        if (tooGreat(precision, result)) {
            return false;
        }
        if (negative) {
            result.value = -result.value;
            result.high = ~result.high + (result.value == 0 ? 1 : 0);
        }
        return true;
    }

    private static int exponent(byte[] data, int from, int end) {
        int at = from;
        boolean negative = at < end && data[at] == '-';
        if (negative || (at < end && data[at] == '+')) {
            at++;
        }
        int digitsFrom = at;
        while (at < end - 1 && data[at] == '0') {
            at++;
        }
        if (digitsFrom == end || end - at > 2) {
            return Integer.MIN_VALUE;
        }
        int exponent = DateText.digits(data, at, end - at);
        if (exponent < 0) {
            return Integer.MIN_VALUE;
        }
        return negative ? -exponent : exponent;
    }

    /**
     * The number of the first {@code keep} digits, rounded by the next, with zeros where none are.
     */
    private static void accumulate(byte[] data, int first, int end, int keep, Parsed result) {
        int kept = 0;
        int at = first;
        long chunk = 0;
        int chunkDigits = 0;
        while (kept < keep && at < end) {
            int digit = data[at++] - '0';
            if (digit < 0) {
                continue;
            }
            chunk = chunk * 10 + digit;
            kept++;
            if (++chunkDigits == 18) {
                shiftAndAdd(POWERS[18], chunk, result);
                chunk = 0;
                chunkDigits = 0;
            }
        }
        shiftAndAdd(POWERS[chunkDigits], chunk, result);
        while (kept < keep) {
            int zeros = Math.min(18, keep - kept);
            shiftAndAdd(POWERS[zeros], 0, result);
            kept += zeros;
        }
        if (at < end && data[at] == '.') {
            at++;
        }
        if (at < end && data[at] >= '5' && kept == keep && isDigit(data[at])) {
            shiftAndAdd(1, 1, result);
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static void shiftAndAdd(long factor, long addend, Parsed result) {
        long low = result.value;
        long productHigh = Math.multiplyHigh(low, factor) + ((low >> 63) & factor);
        long productLow = low * factor;
        long sum = productLow + addend;
        result.high = result.high * factor + productHigh;
        if (Long.compareUnsigned(sum, productLow) < 0) {
            result.high++;
        }
        result.value = sum;
    }

    private static boolean tooGreat(int precision, Parsed result) {
        if (result.high != POWER_HIGH[precision]) {
            return result.high > POWER_HIGH[precision];
        }
        return Long.compareUnsigned(result.value, POWER_LOW[precision]) >= 0;
    }

    /** Prints with exactly {@code scale} digits after the point, and no point if that is 0. */
    public static void append(long unscaled, int scale, ByteSink out) {
        if (unscaled == Long.MIN_VALUE) {
            append(-1, unscaled, scale, out);
            return;
        }
        if (unscaled < 0) {
            out.append('-');
        }
        long magnitude = Math.abs(unscaled);
        int digits = Math.max(IntegerText.digitCount(magnitude), scale + 1);
        out.ensure(digits + 1);
        if (digits <= 19) {
            IntegerText.appendDigits(magnitude, digits, out);
        } else {
            out.appendRepeated('0', digits - 19);
            IntegerText.appendDigits(magnitude, 19, out);
        }
        if (scale > 0) {
            ShortestDecimal.insertPoint(out, scale);
        }
    }

    /** Prints a value of 128 bits with exactly {@code scale} digits after the point. */
    public static void append(long high, long low, int scale, ByteSink out) {
        if (high == low >> 63 && low != Long.MIN_VALUE) {
            append(low, scale, out);
            return;
        }
        BigInteger unscaled =
                BigInteger.valueOf(high)
                        .shiftLeft(64)
                        .add(new BigInteger(Long.toUnsignedString(low)));
        if (high < 0) {
            out.append('-');
        }
        String digits = unscaled.abs().toString();
        out.appendRepeated('0', Math.max(0, scale + 1 - digits.length()));
        out.appendAscii(digits);
        if (scale > 0) {
            ShortestDecimal.insertPoint(out, scale);
        }
    }

    /**
     * Like {@link #append(long, long, int, ByteSink)}, without zeros at the end of the fraction.
     */
    public static void appendTrimmed(long high, long low, int scale, ByteSink out) {
        append(high, low, scale, out);
        if (scale > 0) {
            byte[] data = out.data();
            int end = out.length();
            while (data[end - 1] == '0') {
                end--;
            }
            out.truncate(data[end - 1] == '.' ? end - 1 : end);
        }
    }
}
