package org.skep.types.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 64-bit hash of a run of bytes, fixed for ever: it decides where rows go. The specification is
 * in docs/formats/partition-hash.md. Stateless.
 */
public final class ByteHash {
    // Fixed by the specification: never change.
    static final long FIRST = 0x9E3779B97F4A7C15L;
    static final long SECOND = 0xD6E8FEB86659FD93L;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteHash() {}

    /** The hash of {@code length} bytes from {@code start} on. */
    public static long hash(byte[] data, int start, int length) {
        long hash = FIRST * (length + 1L);
        int at = start;
        int end = start + length;
        for (; at + 8 <= end; at += 8) {
            hash = (hash ^ (long) WORDS.get(data, at)) * SECOND;
            hash ^= hash >>> 32;
        }
        if (at < end) {
            long tail = 0;
            for (int shift = 0; at < end; at++, shift += 8) {
                tail |= (data[at] & 0xFFL) << shift;
            }
            hash = (hash ^ tail) * SECOND;
            hash ^= hash >>> 32;
        }
        return mix(hash);
    }

    /** Spreads the bits of a word. */
    public static long mix(long word) {
        long mixed = (word ^ (word >>> 32)) * SECOND;
        mixed = (mixed ^ (mixed >>> 29)) * FIRST;
        return mixed ^ (mixed >>> 32);
    }

    /** Adds the hash of one more value to the hash of those before it. */
    public static long combine(long before, long value) {
        return mix(Long.rotateLeft(before, 17) * FIRST + value);
    }
}
