package org.skep.functions.text;

/**
 * Counts, finds and measures Unicode characters in UTF-8. Bytes that are not UTF-8 count as
 * characters by the same rule: each byte that does not continue another begins one. Stateless.
 */
final class Utf8 {
    private static final java.lang.invoke.VarHandle LONGS =
            java.lang.invoke.MethodHandles.byteArrayViewVarHandle(
                    long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Whether all bytes are ASCII. */
    static boolean isAscii(byte[] data, int start, int length) {
        int end = start + length;
        int i = start;
        for (; i + 8 <= end; i += 8) {
            if (((long) LONGS.get(data, i) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; i < end; i++) {
            if (data[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The number of characters. */
    static int count(byte[] data, int start, int length) {
        int end = start + length;
        int continuations = 0;
        int i = start;
        for (; i + 8 <= end; i += 8) {
            long word = (long) LONGS.get(data, i);
            // a continuation byte has bit 7 set and bit 6 clear
            continuations += Long.bitCount(word & HIGH_BITS & (~word << 1));
        }
        for (; i < end; i++) {
            continuations += isContinuation(data[i]) ? 1 : 0;
        }
        return length - continuations;
    }

    /** Whether a byte continues a character. */
    static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }

    /** Where the character after the one at {@code i} begins, at most {@code end}. */
    static int next(byte[] data, int i, int end) {
        int at = i + 1;
        while (at < end && isContinuation(data[at])) {
            at++;
        }
        return at;
    }

    /** Where the character before {@code i} begins. */
    static int previous(byte[] data, int start, int i) {
        int at = i - 1;
        while (at > start && isContinuation(data[at])) {
            at--;
        }
        return at;
    }

    /** Where it is after {@code characters} characters from {@code i}, at most {@code end}. */
    static int skip(byte[] data, int i, int end, int characters) {
        int at = i;
        for (int n = 0; n < characters && at < end; n++) {
            at = next(data, at, end);
        }
        return at;
    }

    /** The code point at {@code i}; a malformed byte is its own value. */
    static int codePoint(byte[] data, int i, int end) {
        int first = data[i] & 0xFF;
        int length = next(data, i, end) - i;
        if (first < 0xC0 || length == 1) {
            return first;
        }
        int point = first & (0xFF >> (length + 1));
        for (int j = 1; j < length; j++) {
            point = (point << 6) | (data[i + j] & 0x3F);
        }
        return point;
    }

    /** Where {@code needle} first occurs at or after {@code from}, or -1. */
    static int indexOf(
            byte[] data, int from, int end, byte[] needle, int needleStart, int needleLength) {
        if (needleLength == 0) {
            return from;
        }
        byte first = needle[needleStart];
        int last = end - needleLength;
        for (int i = from; i <= last; i++) {
            if (data[i] == first && matches(data, i, needle, needleStart, needleLength)) {
                return i;
            }
        }
        return -1;
    }

    /** Where {@code needle} last occurs within the range, or -1. */
    static int lastIndexOf(
            byte[] data, int from, int end, byte[] needle, int needleStart, int needleLength) {
        for (int i = end - needleLength; i >= from; i--) {
            if (matches(data, i, needle, needleStart, needleLength)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether {@code needle} is at {@code i}; the range must be long enough. */
    static boolean matches(byte[] data, int i, byte[] needle, int needleStart, int needleLength) {
        for (int j = 0; j < needleLength; j++) {
            if (data[i + j] != needle[needleStart + j]) {
                return false;
            }
        }
        return true;
    }
}
