package org.skep.lsmtests.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The rows of the benchmark: keys {@code user} and twelve digits in hashed order, values of which
 * half can be compressed away. Stateless; the same number gives the same row everywhere.
 */
final class Rows {
    private static final int POOL = 1 << 20;

    private static final long MODULUS = 1_000_000_000_000L;
    private static final long FACTOR = 618_033_988_749L;

    private final int fields;
    private final int valueBytes;
    private final byte[] noise = new byte[POOL];

    /**
     * @param fields values of a row
     * @param valueBytes bytes of each
     */
    Rows(int fields, int valueBytes) {
        this.fields = fields;
        this.valueBytes = valueBytes;
        new SplittableRandom(42).nextBytes(noise);
    }

    int fields() {
        return fields;
    }

    int valueBytes() {
        return valueBytes;
    }

    long bytes() {
        return 16 + (long) fields * valueBytes;
    }

    /** The key of a row's number; distinct for all that a benchmark loads. */
    static byte[] key(long number) {
        // Times a factor that has no common divisor with the modulus: a permutation. In two steps,
        // so that no product overflows.
        long high = number * (FACTOR >> 20) % MODULUS;
        long hashed = ((high << 20) + number * (FACTOR & ((1 << 20) - 1))) % MODULUS;
        byte[] key = "user000000000000".getBytes(StandardCharsets.US_ASCII);
        for (int i = 15; i >= 4; i--) {
            key[i] = (byte) ('0' + hashed % 10);
            hashed /= 10;
        }
        return key;
    }

    /** The values of a row as written in its {@code version}th write. */
    byte[][] values(long number, long version) {
        byte[][] values = new byte[fields][];
        for (int i = 0; i < fields; i++) {
            byte[] value = new byte[valueBytes];
            int at = (int) (((number * 31 + version) * 131 + i * 8191L) & (POOL - 1));
            at = Math.min(at, POOL - valueBytes);
            System.arraycopy(noise, at, value, 0, valueBytes / 2);
            values[i] = value;
        }
        return values;
    }
}
