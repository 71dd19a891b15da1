package org.skep.lsm.cell;

import java.nio.ByteBuffer;

/**
 * Hadoop's integers of one to nine bytes ({@code WritableUtils}): one byte for -112 to 127, else a
 * first byte that says sign and count, then the bytes, big-endian. Stateless.
 */
public final class VLong {
    private VLong() {}

    /** How many bytes a value takes. */
    public static int size(long value) {
        if (value >= -112 && value <= 127) {
            return 1;
        }
        long magnitude = value < 0 ? ~value : value;
        return 1 + (Long.SIZE - Long.numberOfLeadingZeros(magnitude) + 7) / 8;
    }

    /** How many bytes a value takes whose first byte is {@code first}. */
    public static int sizeFrom(byte first) {
        if (first >= -112) {
            return 1;
        }
        return first < -120 ? -119 - first : -111 - first;
    }

    /** Reads the value at {@code offset}. */
    public static long read(ByteBuffer buffer, int offset) {
        byte first = buffer.get(offset);
        if (first >= -112) {
            return first;
        }
        int size = sizeFrom(first);
        if (size == 1 + Long.BYTES) {
            // As sequence ids are.
            long magnitude = buffer.getLong(offset + 1);
            return first < -120 ? ~magnitude : magnitude;
        }
        long magnitude = 0;
        for (int i = 1; i < size; i++) {
            magnitude = (magnitude << 8) | (buffer.get(offset + i) & 0xff);
        }
        return first < -120 ? ~magnitude : magnitude;
    }

    /** Writes a value at {@code offset}; returns the offset behind it. */
    public static int write(ByteBuffer buffer, int offset, long value) {
        int size = size(value);
        if (size == 1) {
            buffer.put(offset, (byte) value);
            return offset + 1;
        }
        long magnitude = value < 0 ? ~value : value;
        buffer.put(offset, (byte) (value < 0 ? -119 - size : -111 - size));
        if (size == 1 + Long.BYTES) {
            buffer.putLong(offset + 1, magnitude);
            return offset + size;
        }
        for (int i = size - 1; i >= 1; i--) {
            buffer.put(offset + i, (byte) magnitude);
            magnitude >>>= 8;
        }
        return offset + size;
    }
}
