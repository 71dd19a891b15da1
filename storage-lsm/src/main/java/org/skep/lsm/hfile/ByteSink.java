package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.skep.lsm.cell.VLong;

/** A growing array of bytes, big-endian. Confined to one thread. */
final class ByteSink {
    private byte[] array = new byte[256];
    private ByteBuffer buffer = ByteBuffer.wrap(array);
    private int length;

    /** Makes room for so many more bytes. */
    void reserve(int more) {
        long needed = (long) length + more;
        if (needed > array.length) {
            if (needed > Integer.MAX_VALUE - 64) {
                throw new IllegalArgumentException("Block too large: " + needed);
            }
            int size = (int) Math.min(Integer.MAX_VALUE - 64, Math.max(needed, 2L * array.length));
            array = Arrays.copyOf(array, size);
            buffer = ByteBuffer.wrap(array);
        }
    }

    /** The bytes so far, and room behind them; another one after {@link #reserve}. */
    byte[] array() {
        return array;
    }

    /** A view of {@link #array}. */
    ByteBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Says that bytes up to {@code end} were written into the array. */
    void length(int end) {
        length = end;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        buffer.putInt(length, value);
        length += Integer.BYTES;
    }

    void putShort(int value) {
        reserve(Short.BYTES);
        buffer.putShort(length, (short) value);
        length += Short.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        buffer.putLong(length, value);
        length += Long.BYTES;
    }

    void putByte(int value) {
        reserve(1);
        array[length++] = (byte) value;
    }

    void putVLong(long value) {
        reserve(9);
        length = VLong.write(buffer, length, value);
    }

    void put(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, array, length, count);
        length += count;
    }

    void put(ByteBuffer source, int offset, int count) {
        reserve(count);
        source.get(offset, array, length, count);
        length += count;
    }

    void putLengthAndBytes(byte[] bytes) {
        putVLong(bytes.length);
        put(bytes, 0, bytes.length);
    }

    byte[] toBytes() {
        return Arrays.copyOf(array, length);
    }
}
