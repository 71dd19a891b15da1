package org.skep.lsm.cell;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Unsigned order and equality of runs of bytes, on the heap and in buffers. Buffers must be
 * big-endian; their positions and limits are neither used nor changed. Stateless.
 */
public final class Bytes {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    /** Compares two runs in buffers: the shorter of two with a common beginning comes first. */
    public static int compare(
            ByteBuffer a, int aOffset, int aLength, ByteBuffer b, int bOffset, int bLength) {
        int common = Math.min(aLength, bLength);
        // The last step may compare some bytes once more, which are equal then.
        if (common >= Long.BYTES) {
            int last = common - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES) {
                long x = a.getLong(aOffset + i);
                long y = b.getLong(bOffset + i);
                if (x != y) {
                    return Long.compareUnsigned(x, y);
                }
            }
            long x = a.getLong(aOffset + last);
            long y = b.getLong(bOffset + last);
            return x != y ? Long.compareUnsigned(x, y) : aLength - bLength;
        }
        if (common >= Integer.BYTES) {
            int last = common - Integer.BYTES;
            int x = a.getInt(aOffset);
            int y = b.getInt(bOffset);
            if (x == y) {
                x = a.getInt(aOffset + last);
                y = b.getInt(bOffset + last);
            }
            return x != y ? Integer.compareUnsigned(x, y) : aLength - bLength;
        }
        for (int i = 0; i < common; i++) {
            int difference = (a.get(aOffset + i) & 0xff) - (b.get(bOffset + i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return aLength - bLength;
    }

    /** Compares a run of an array with one in a buffer. */
    public static int compare(
            byte[] a, int aOffset, int aLength, ByteBuffer b, int bOffset, int bLength) {
        int common = Math.min(aLength, bLength);
        if (common >= Long.BYTES) {
            int last = common - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES) {
                long x = (long) LONG.get(a, aOffset + i);
                long y = b.getLong(bOffset + i);
                if (x != y) {
                    return Long.compareUnsigned(x, y);
                }
            }
            long x = (long) LONG.get(a, aOffset + last);
            long y = b.getLong(bOffset + last);
            return x != y ? Long.compareUnsigned(x, y) : aLength - bLength;
        }
        for (int i = 0; i < common; i++) {
            int difference = (a[aOffset + i] & 0xff) - (b.get(bOffset + i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return aLength - bLength;
    }

    /** Compares two arrays. */
    public static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    /** Whether a run of an array and one in a buffer are equal. */
    public static boolean equal(
            byte[] a, int aOffset, int aLength, ByteBuffer b, int bOffset, int bLength) {
        return aLength == bLength && compare(a, aOffset, aLength, b, bOffset, bLength) == 0;
    }

    /** Whether two runs in buffers are equal. */
    public static boolean equal(
            ByteBuffer a, int aOffset, int aLength, ByteBuffer b, int bOffset, int bLength) {
        if (aLength != bLength) {
            return false;
        }
        // The last step may compare some bytes once more.
        if (aLength >= Long.BYTES) {
            int last = aLength - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES) {
                if (a.getLong(aOffset + i) != b.getLong(bOffset + i)) {
                    return false;
                }
            }
            return a.getLong(aOffset + last) == b.getLong(bOffset + last);
        }
        if (aLength >= Integer.BYTES) {
            int last = aLength - Integer.BYTES;
            return a.getInt(aOffset) == b.getInt(bOffset)
                    && a.getInt(aOffset + last) == b.getInt(bOffset + last);
        }
        for (int i = 0; i < aLength; i++) {
            if (a.get(aOffset + i) != b.get(bOffset + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first eight bytes of a run as a number, zeros for those that it does not have: of two
     * runs whose numbers differ, the one with the lesser, unsigned, comes first.
     */
    public static long prefix(ByteBuffer buffer, int offset, int length) {
        if (length >= Long.BYTES) {
            return buffer.getLong(offset);
        }
        long bytes = 0;
        for (int i = 0; i < length; i++) {
            bytes |= (buffer.get(offset + i) & 0xffL) << (56 - 8 * i);
        }
        return bytes;
    }

    /** Copies a run out of a buffer. */
    public static byte[] copy(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return bytes;
    }

    /**
     * The least run of bytes that comes after all that begin with {@code prefix}; empty, which
     * means no end, if there is none.
     */
    public static byte[] afterPrefix(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xff) {
            length--;
        }
        byte[] after = Arrays.copyOf(prefix, length);
        if (length > 0) {
            after[length - 1]++;
        }
        return after;
    }

    /**
     * The least row behind a row: one byte longer or, if that is too long for a row, the least that
     * does not begin with it; empty if there is none.
     */
    public static byte[] afterRow(byte[] row) {
        return row.length < CellLayout.MAX_ROW
                ? Arrays.copyOf(row, row.length + 1)
                : afterPrefix(row);
    }
}
