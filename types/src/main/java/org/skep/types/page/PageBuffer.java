package org.skep.types.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** Little-endian bytes to write and read. Confined to one thread. */
final class PageBuffer {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] data;
    private int at;
    private final int limit;

    /** An empty buffer to write to. */
    PageBuffer() {
        data = new byte[1024];
        limit = 0;
    }

    /** Bytes to read. */
    PageBuffer(byte[] data, int start, int end) {
        this.data = data;
        at = start;
        limit = end;
    }

    byte[] data() {
        return data;
    }

    int position() {
        return at;
    }

    void clear() {
        at = 0;
    }

    void skip(int bytes) {
        room(bytes);
        at += bytes;
    }

    private void room(int bytes) {
        long needed = (long) at + bytes;
        if (needed > data.length) {
            if (needed > Integer.MAX_VALUE - 16) {
                throw new SkepException(ErrorCode.MEMORY_LIMIT, "Page exceeds 2 GB");
            }
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 16, needed * 3 / 2));
        }
    }

    void putByte(int value) {
        room(1);
        data[at++] = (byte) value;
    }

    void putInt(int value) {
        room(4);
        INTS.set(data, at, value);
        at += 4;
    }

    void putIntAt(int position, int value) {
        INTS.set(data, position, value);
    }

    void putLong(long value) {
        room(8);
        LONGS.set(data, at, value);
        at += 8;
    }

    void putLongs(long[] values, int[] positions, int count) {
        room(Math.multiplyExact(8, count));
        for (int i = 0; i < count; i++) {
            LONGS.set(data, at, values[positions == null ? i : positions[i]]);
            at += 8;
        }
    }

    void putBytes(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, data, at, length);
        at += length;
    }

    int getByte() {
        need(1);
        return data[at++];
    }

    int getInt() {
        need(4);
        int value = (int) INTS.get(data, at);
        at += 4;
        return value;
    }

    int getCount(int bytesEach) {
        int count = getInt();
        if (count < 0 || (long) count * bytesEach > limit - at) {
            throw corrupt();
        }
        return count;
    }

    long getLong() {
        need(8);
        long value = (long) LONGS.get(data, at);
        at += 8;
        return value;
    }

    void getLongs(long[] target, int count) {
        need(8L * count);
        for (int i = 0; i < count; i++) {
            target[i] = (long) LONGS.get(data, at);
            at += 8;
        }
    }

    void getBytes(byte[] target, int length) {
        need(length);
        System.arraycopy(data, at, target, 0, length);
        at += length;
    }

    boolean atEnd() {
        return at == limit;
    }

    private void need(long bytes) {
        if (bytes > limit - at) {
            throw corrupt();
        }
    }

    static SkepException corrupt() {
        return new SkepException(ErrorCode.CORRUPT_FILE, "Cannot read page: it is damaged");
    }
}
