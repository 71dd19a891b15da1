package org.skep.metastore.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes the values of which nodes are made; {@link ByteReader} reads them. One thread. */
final class ByteWriter {
    private byte[] bytes = new byte[256];
    private int length;

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** One byte. */
    void putByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** Four bytes, most significant first. */
    void putInt(int value) {
        putByte(value >> 24);
        putByte(value >> 16);
        putByte(value >> 8);
        putByte(value);
    }

    /** Seven bits a byte, least significant first; the top bit says that more follow. */
    void putUnsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Zigzag: small numbers of either sign are short. */
    void putSigned(long value) {
        putUnsigned((value << 1) ^ (value >> 63));
    }

    /** Eight bytes of the IEEE form. */
    void putDouble(double value) {
        long bits = Double.doubleToLongBits(value);
        putInt((int) (bits >>> 32));
        putInt((int) bits);
    }

    /** Raw bytes. */
    void putRaw(byte[] source) {
        room(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    /** Bytes after their number. */
    void putBytes(byte[] source) {
        putUnsigned(source.length);
        putRaw(source);
    }

    /** UTF-8 after the number of its bytes. */
    void putText(String text) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Seconds and nanoseconds. */
    void putInstant(Instant instant) {
        putSigned(instant.getEpochSecond());
        putUnsigned(instant.getNano());
    }

    /** A byte 0, or a byte 1 and the value. */
    <T> void putOptional(Optional<T> value, BiConsumer<ByteWriter, T> form) {
        putByte(value.isPresent() ? 1 : 0);
        value.ifPresent(present -> form.accept(this, present));
    }

    /** The values after their number. */
    <T> void putAll(Collection<T> values, BiConsumer<ByteWriter, T> form) {
        putUnsigned(values.size());
        values.forEach(value -> form.accept(this, value));
    }

    /** Keys and values after their number. */
    void putMap(Map<String, String> map) {
        putUnsigned(map.size());
        map.forEach(
                (key, value) -> {
                    putText(key);
                    putText(value);
                });
    }

    /** Bytes written so far. */
    int length() {
        return length;
    }

    /** All that was written. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
