package org.skep.base.fault;

import java.util.Arrays;

/** The content of a file in memory. Confined to whoever holds its file system's monitor. */
final class GrowingBytes {
    private byte[] bytes;
    private int length;

    /** Begins with {@code bytes}, which belong to it from now on. */
    GrowingBytes(byte[] bytes) {
        this.bytes = bytes;
        length = bytes.length;
    }

    int length() {
        return length;
    }

    void append(byte[] source, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * length));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void read(int position, byte[] target, int offset, int count) {
        System.arraycopy(bytes, position, target, offset, count);
    }

    /** A copy of the first bytes; zeros follow if it is longer than this. */
    byte[] copy(int count) {
        byte[] copy = new byte[count];
        System.arraycopy(bytes, 0, copy, 0, Math.min(count, length));
        return copy;
    }

    /** Replaces everything by {@code content}, which belongs to this from now on. */
    void replace(byte[] content) {
        bytes = content;
        length = content.length;
    }
}
