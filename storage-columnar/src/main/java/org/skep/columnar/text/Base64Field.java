package org.skep.columnar.text;

import java.util.Arrays;
import java.util.Base64;
import org.skep.types.text.ByteSink;

/** BINARY in text files: Base64, or raw bytes where they cannot be Base64. Stateless. */
final class Base64Field {
    private static final byte BLANK = -2;
    private static final byte PADDING = -3;
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < digits.length(); i++) {
            VALUES[digits.charAt(i)] = (byte) i;
        }
        VALUES['-'] = 62;
        VALUES['_'] = 63;
        VALUES['='] = PADDING;
        for (char blank : new char[] {' ', '\n', '\r', '\t'}) {
            VALUES[blank] = BLANK;
        }
    }

    private Base64Field() {}

    /**
     * Decodes, blanks ignored, missing padding allowed.
     *
     * @return how many bytes it made, or -1 if it is not Base64
     */
    static int decode(byte[] data, int start, int length, byte[] target, int at) {
        int end = start + length;
        for (int i = start; i < end; i++) {
            if (VALUES[data[i] & 0xff] == -1) {
                return -1;
            }
        }
        int to = at;
        int bits = 0;
        int bitCount = 0;
        for (int i = start; i < end; i++) {
            int value = VALUES[data[i] & 0xff];
            if (value == PADDING) {
                break;
            }
            if (value == BLANK) {
                continue;
            }
            bits = bits << 6 | value;
            bitCount += 6;
            if (bitCount >= 8) {
                bitCount -= 8;
                target[to++] = (byte) (bits >> bitCount);
            }
        }
        return to - at;
    }

    static void append(byte[] data, int start, int length, ByteSink out) {
        out.append(Base64.getEncoder().encode(Arrays.copyOfRange(data, start, start + length)));
    }
}
