package org.skep.functions.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds a run of bytes in others: looks for the byte of the run that is rarest in texts, eight
 * bytes at a time, and compares the whole run only there. Immutable.
 */
final class BytesSearch {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    // letters of texts from the most to the least frequent; what is missing counts as rarer still
    private static final String FREQUENT =
            " etaoinsrhldcumfpgwybvk,.-0123456789xETAOINSRHLDCUMxjqz";

    private final byte[] needle;
    private final int rarest;
    private final long repeated;

    BytesSearch(byte[] needle) {
        this.needle = needle.clone();
        int best = 0;
        for (int i = 1; i < needle.length; i++) {
            if (rarity(needle[i]) > rarity(needle[best])) {
                best = i;
            }
        }
        rarest = best;
        repeated = needle.length == 0 ? 0 : (needle[best] & 0xFFL) * ONES;
    }

    private static int rarity(byte value) {
        int rank = value < 0 ? 30 : FREQUENT.indexOf(value);
        return rank < 0 ? FREQUENT.length() : rank;
    }

    int length() {
        return needle.length;
    }

    /** Where the run first begins at or after {@code from}, ending by {@code end}; or -1. */
    int find(byte[] data, int from, int end) {
        if (needle.length == 0) {
            return from <= end ? from : -1;
        }
        int at = from + rarest;
        int last = end - needle.length + rarest;
        int lastWord = Math.min(last + 1, data.length) - 8;
        while (at <= lastWord) {
            long word = (long) LONGS.get(data, at) ^ repeated;
            long zeros = (word - ONES) & ~word & HIGH_BITS;
            if (zeros == 0) {
                at += 8;
                continue;
            }
            at += Long.numberOfTrailingZeros(zeros) >> 3;
            if (isAt(data, at - rarest)) {
                return at - rarest;
            }
            at++;
        }
        byte wanted = needle[rarest];
        for (; at <= last; at++) {
            if (data[at] == wanted && isAt(data, at - rarest)) {
                return at - rarest;
            }
        }
        return -1;
    }

    /** Whether the run is at {@code at}; the caller knows that there are enough bytes. */
    boolean isAt(byte[] data, int at) {
        for (int i = 0; i < needle.length; i++) {
            if (data[at + i] != needle[i]) {
                return false;
            }
        }
        return true;
    }
}
