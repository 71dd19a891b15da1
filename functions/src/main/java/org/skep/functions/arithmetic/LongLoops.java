package org.skep.functions.arithmetic;

/**
 * The loops of integer arithmetic, one for each shape of operands, plain enough for the compiler to
 * vectorise. {@code p} are the positions, or null for 0 to {@code n - 1}. Stateless.
 */
final class LongLoops {
    private LongLoops() {}

    static void add(long[] a, long[] b, long[] out, int[] p, int n) {
        if (p == null) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] + b[i];
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            out[i] = a[i] + b[i];
        }
    }

    static void add(long[] a, long b, long[] out, int[] p, int n) {
        if (p == null) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] + b;
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            out[i] = a[i] + b;
        }
    }

    static void subtract(long[] a, long[] b, long[] out, int[] p, int n) {
        if (p == null) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] - b[i];
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            out[i] = a[i] - b[i];
        }
    }

    static void subtract(long a, long[] b, long[] out, int[] p, int n) {
        if (p == null) {
            for (int i = 0; i < n; i++) {
                out[i] = a - b[i];
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            out[i] = a - b[i];
        }
    }

    static void multiply(long[] a, long[] b, long[] out, int[] p, int n) {
        if (p == null) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] * b[i];
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            out[i] = a[i] * b[i];
        }
    }

    static void multiply(long[] a, long b, long[] out, int[] p, int n) {
        if (p == null) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] * b;
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            out[i] = a[i] * b;
        }
    }

    /** {@code a * x + b * y}: sums of decimals of different scale; y is negative to subtract. */
    static void combine(long[] a, long x, long[] b, long y, long[] out, int[] p, int n) {
        if (p == null) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] * x + b[i] * y;
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            out[i] = a[i] * x + b[i] * y;
        }
    }

    /** {@code a * x + b}. */
    static void combine(long[] a, long x, long b, long[] out, int[] p, int n) {
        if (p == null) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] * x + b;
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p[k];
            out[i] = a[i] * x + b;
        }
    }

    /** Writes one value everywhere. */
    static void fill(long value, long[] out, int[] p, int n) {
        if (p == null) {
            java.util.Arrays.fill(out, 0, n, value);
            return;
        }
        for (int k = 0; k < n; k++) {
            out[p[k]] = value;
        }
    }

    /** A number of the form 2^k - 1 that no absolute value exceeds. */
    static long magnitude(long[] a, int[] p, int n) {
        long bits = 0;
        if (p == null) {
            for (int i = 0; i < n; i++) {
                bits |= a[i] ^ (a[i] >> 63);
            }
        } else {
            for (int k = 0; k < n; k++) {
                long v = a[p[k]];
                bits |= v ^ (v >> 63);
            }
        }
        // The complement of a negative number is one less than its absolute value.
        int width = 64 - Long.numberOfLeadingZeros(bits);
        return width >= 63
                ? Long.MAX_VALUE
                : (1L << width) == bits + 1 ? 1L << width : (1L << width) - 1;
    }

    /** Whether a value does not fit in {@code 64 - shift} bits. */
    static boolean exceeds(long[] a, int shift, int[] p, int n) {
        long wrong = 0;
        if (p == null) {
            for (int i = 0; i < n; i++) {
                wrong |= a[i] ^ ((a[i] << shift) >> shift);
            }
        } else {
            for (int k = 0; k < n; k++) {
                long v = a[p[k]];
                wrong |= v ^ ((v << shift) >> shift);
            }
        }
        return wrong != 0;
    }

    /** Wraps values to {@code 64 - shift} bits and counts those that changed. */
    static int wrap(long[] a, int shift, int[] p, int n) {
        int changed = 0;
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            long wrapped = (a[i] << shift) >> shift;
            changed += wrapped == a[i] ? 0 : 1;
            a[i] = wrapped;
        }
        return changed;
    }
}
