package org.skep.columnar.parquet;

import java.io.OutputStream;
import java.util.Arrays;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** Bytes that are being put together in memory. Confined to one thread. */
final class ByteSink extends OutputStream {
    private static final int MOST = Integer.MAX_VALUE - 16;

    private byte[] data;
    private int size;

    ByteSink(int capacity) {
        data = new byte[capacity];
    }

    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    byte[] toArray() {
        return Arrays.copyOf(data, size);
    }

    /** Makes room for bytes at the end, counts them as written and answers where they begin. */
    int reserve(int bytes) {
        long needed = (long) size + bytes;
        if (needed > data.length) {
            if (needed > MOST) {
                throw new SkepException(
                        ErrorCode.MEMORY_LIMIT, "Cannot write Parquet page: it exceeds 2 GB");
            }
            data =
                    Arrays.copyOf(
                            data, (int) Math.min(MOST, Math.max(needed, data.length * 3L / 2)));
        }
        int start = size;
        size = (int) needed;
        return start;
    }

    /** Gives bytes at the end back. */
    void truncate(int newSize) {
        size = newSize;
    }

    @Override
    public void write(int value) {
        int at = reserve(1);
        data[at] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        int start = reserve(length);
        System.arraycopy(source, offset, data, start, length);
    }

    void writeInt(int value) {
        int start = reserve(4);
        ByteOrderReads.INT.set(data, start, value);
    }

    void writeVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        write(rest);
    }
}
