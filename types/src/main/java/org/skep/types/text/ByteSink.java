package org.skep.types.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Bytes that grow at the end and are used again after {@link #reset}. Confined to one thread. Fails
 * with MEMORY_LIMIT beyond 2 GB.
 */
public final class ByteSink {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

    private byte[] data;
    private int length;

    /** An empty sink with room for 256 bytes. */
    public ByteSink() {
        this(256);
    }

    /** An empty sink with room for {@code capacity} bytes. */
    public ByteSink(int capacity) {
        data = new byte[Math.max(16, capacity)];
    }

    /** The buffer; only the first {@link #length} bytes count, and growing replaces it. */
    public byte[] data() {
        return data;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** Forgets all bytes, keeping the buffer. */
    public void reset() {
        length = 0;
    }

    /** Forgets the bytes from {@code newLength} on. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException(
                    "Length must be between 0 and %d: %d".formatted(length, newLength));
        }
        length = newLength;
    }

    /** Makes room for {@code count} more bytes without adding them. */
    public void ensure(int count) {
        long needed = (long) length + count;
        if (needed > data.length) {
            if (needed > MOST_BYTES) {
                throw new SkepException(ErrorCode.MEMORY_LIMIT, "Text exceeds 2 GB");
            }
            data =
                    Arrays.copyOf(
                            data, (int) Math.min(MOST_BYTES, Math.max(needed, data.length * 2L)));
        }
    }

    /**
     * Adds {@code count} bytes of unknown content and answers where they begin in {@link #data},
     * for the caller to fill.
     */
    public int reserve(int count) {
        ensure(count);
        int start = length;
        length += count;
        return start;
    }

    /** Adds a byte. */
    public void append(int value) {
        if (length == data.length) {
            ensure(1);
        }
        data[length++] = (byte) value;
    }

    /** Adds a run of bytes. */
    public void append(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, data, length, count);
        length += count;
    }

    /** Adds all bytes of {@code source}. */
    public void append(byte[] source) {
        append(source, 0, source.length);
    }

    /** Adds a string of characters below 256, a byte each; for short constants. */
    public void appendAscii(String text) {
        int count = text.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            data[length++] = (byte) text.charAt(i);
        }
    }

    /** Adds a string in UTF-8. */
    public void appendUtf8(String text) {
        append(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a byte {@code count} times. */
    public void appendRepeated(int value, int count) {
        ensure(count);
        Arrays.fill(data, length, length + count, (byte) value);
        length += count;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOf(data, length);
    }

    /** The bytes as UTF-8; for rare paths. */
    @Override
    public String toString() {
        return new String(data, 0, length, StandardCharsets.UTF_8);
    }
}
