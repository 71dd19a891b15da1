package org.skep.types.text;

import org.skep.types.TypeKind;

/**
 * TINYINT, SMALLINT, INT and BIGINT as text. Both parsing rules take an optional sign and decimal
 * digits, may have a point with more digits (which are cut off), know no exponent, and fail on
 * overflow. Stateless.
 */
public final class IntegerText {
    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];

    static {
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
    }

    private IntegerText() {}

    /** The least value of an integer type. */
    public static long least(TypeKind kind) {
        return -greatest(kind) - 1;
    }

    /** The greatest value of an integer type. */
    public static long greatest(TypeKind kind) {
        if (kind == TypeKind.TINYINT) {
            return Byte.MAX_VALUE;
        } else if (kind == TypeKind.SMALLINT) {
            return Short.MAX_VALUE;
        } else if (kind == TypeKind.INT) {
            return Integer.MAX_VALUE;
        } else if (kind == TypeKind.BIGINT) {
            return Long.MAX_VALUE;
        }
        throw new IllegalArgumentException("Not an integer type: " + kind);
    }

    /**
     * Hive's rule for CAST: blanks around are ignored.
     *
     * @param greatest the greatest value allowed; the least is {@code -greatest - 1}
     * @return whether it is an integer in range, then in {@link Parsed#value}
     */
    public static boolean parseCast(
            byte[] data, int offset, int length, long greatest, Parsed result) {
        int start = offset;
        int end = offset + length;
        while (start < end && isBlank(data[start])) {
            start++;
        }
        while (end > start && isBlank(data[end - 1])) {
            end--;
        }
        return parseStored(data, start, end - start, greatest, result);
    }

    /**
     * Hive's rule for fields of text files: blanks are not allowed.
     *
     * @param greatest the greatest value allowed; the least is {@code -greatest - 1}
     * @return whether it is an integer in range, then in {@link Parsed#value}
     */
    public static boolean parseStored(
            byte[] data, int offset, int length, long greatest, Parsed result) {
        int at = offset;
        int end = offset + length;
        if (at == end) {
            return false;
        }
        byte first = data[at];
        boolean negative = first == '-';
        if (negative || first == '+') {
            at++;
        }
        int digitsFrom = at;
        long value = 0;
        // Eighteen digits cannot overflow.
        int safeEnd = Math.min(end, at + 18);
        while (at < safeEnd) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
            at++;
        }
        value = -value;
        while (at < end) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                return false;
            }
            value = value * 10 - digit;
            at++;
        }
        if (at < end && !fractionFollows(data, at, end, digitsFrom)) {
            return false;
        }
        if (at == end && at == digitsFrom) {
            return false;
        }
        if (negative ? value < -greatest - 1 : value < -greatest) {
            return false;
        }
        result.value = negative ? value : -value;
        return true;
    }

    private static boolean fractionFollows(byte[] data, int point, int end, int digitsFrom) {
        if (data[point] != '.' || (point == digitsFrom && point + 1 == end)) {
            return false;
        }
        for (int i = point + 1; i < end; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(byte value) {
        return value == ' ' || (value >= '\t' && value <= '\r') || (value >= 0x1c && value <= 0x1f);
    }

    /** Prints in decimal digits, with a sign only if negative. */
    public static void append(long value, ByteSink out) {
        if (value == Long.MIN_VALUE) {
            out.appendAscii("-9223372036854775808");
            return;
        }
        out.ensure(20);
        if (value < 0) {
            out.append('-');
            appendDigits(-value, digitCount(-value), out);
        } else {
            appendDigits(value, digitCount(value), out);
        }
    }

    /** Prints a number that is not negative with exactly {@code digits} digits. */
    static void appendDigits(long value, int digits, ByteSink out) {
        int start = out.reserve(digits);
        byte[] data = out.data();
        int at = start + digits;
        long rest = value;
        while (at - start >= 2) {
            long next = rest / 100;
            int pair = (int) (rest - next * 100);
            data[--at] = ONES[pair];
            data[--at] = TENS[pair];
            rest = next;
        }
        if (at > start) {
            data[start] = (byte) ('0' + rest % 10);
        }
    }

    /** How many decimal digits a number that is not negative has; 1 for 0. */
    static int digitCount(long value) {
        int digits = 1;
        long power = 10;
        while (digits < 19 && value >= power) {
            power *= 10;
            digits++;
        }
        return digits;
    }
}
