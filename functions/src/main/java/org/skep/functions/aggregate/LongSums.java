package org.skep.functions.aggregate;

/** Sums of whole arrays in several registers at once. Stateless. */
final class LongSums {
    private LongSums() {}

    /**
     * The wrapping sum of {@code count} values, at {@code positions} or (null) from 0 on.
     *
     * @param magnitude receives at 0 a number that no absolute value exceeds
     */
    static long sum(long[] values, int[] positions, int count, long[] magnitude) {
        return positions == null
                ? dense(values, count, magnitude)
                : sparse(values, positions, count, magnitude);
    }

    private static long dense(long[] values, int count, long[] magnitude) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        long bits = 0;
        long moreBits = 0;
        int k = 0;
        for (; k + 3 < count; k += 4) {
            long v = values[k];
            long w = values[k + 1];
            long x = values[k + 2];
            long y = values[k + 3];
            a += v;
            b += w;
            c += x;
            d += y;
            bits |= (v ^ (v >> 63)) | (w ^ (w >> 63));
            moreBits |= (x ^ (x >> 63)) | (y ^ (y >> 63));
        }
        for (; k < count; k++) {
            long v = values[k];
            a += v;
            bits |= v ^ (v >> 63);
        }
        magnitude[0] = bound(bits | moreBits);
        return a + b + c + d;
    }

    private static long sparse(long[] values, int[] positions, int count, long[] magnitude) {
        long a = 0;
        long b = 0;
        long bits = 0;
        int k = 0;
        for (; k + 1 < count; k += 2) {
            long v = values[positions[k]];
            long w = values[positions[k + 1]];
            a += v;
            b += w;
            bits |= (v ^ (v >> 63)) | (w ^ (w >> 63));
        }
        if (k < count) {
            long v = values[positions[k]];
            a += v;
            bits |= v ^ (v >> 63);
        }
        magnitude[0] = bound(bits);
        return a + b;
    }

    /** A number that no absolute value exceeds, of {@code count} values. */
    static long magnitude(long[] values, int[] positions, int count) {
        long bits = 0;
        if (positions == null) {
            for (int k = 0; k < count; k++) {
                bits |= values[k] ^ (values[k] >> 63);
            }
        } else {
            for (int k = 0; k < count; k++) {
                long value = values[positions[k]];
                bits |= value ^ (value >> 63);
            }
        }
        return bound(bits);
    }

    // v ^ (v >> 63) is |v| or |v| - 1, so the next power of two bounds the magnitude.
    private static long bound(long bits) {
        int zeros = Long.numberOfLeadingZeros(bits);
        return zeros <= 1 ? Long.MAX_VALUE : 1L << (64 - zeros);
    }
}
