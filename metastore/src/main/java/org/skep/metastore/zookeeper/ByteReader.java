package org.skep.metastore.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads what {@link ByteWriter} wrote. Confined to one thread. Fails with {@link
 * IndexOutOfBoundsException} where the bytes end too early and {@link IllegalArgumentException}
 * where they make no sense; {@link NodeFormat} turns both into a code.
 */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteReader(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position == end;
    }

    int takeByte() {
        if (position >= end) {
            throw new IndexOutOfBoundsException("Ends at byte " + end);
        }
        return bytes[position++] & 0xFF;
    }

    int takeInt() {
        return takeByte() << 24 | takeByte() << 16 | takeByte() << 8 | takeByte();
    }

    long takeUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = takeByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("Number too long at byte " + position);
    }

    long takeSigned() {
        long value = takeUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of things that follow, each at least one byte long. */
    int takeCount() {
        long count = takeUnsigned();
        if (count < 0 || count > end - position) {
            throw new IllegalArgumentException("Count too large at byte " + position);
        }
        return (int) count;
    }

    int takeSmall() {
        return Math.toIntExact(takeUnsigned());
    }

    double takeDouble() {
        long high = takeInt();
        return Double.longBitsToDouble(high << 32 | (takeInt() & 0xFFFFFFFFL));
    }

    byte[] takeBytes() {
        int count = takeCount();
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    void skipBytes() {
        int count = takeCount();
        position += count;
    }

    String takeText() {
        int count = takeCount();
        position += count;
        return new String(bytes, position - count, count, StandardCharsets.UTF_8);
    }

    Instant takeInstant() {
        return Instant.ofEpochSecond(takeSigned(), takeUnsigned());
    }

    <T> Optional<T> takeOptional(Function<ByteReader, T> form) {
        return switch (takeByte()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(form.apply(this));
            default -> throw new IllegalArgumentException("Presence must be 0 or 1 at " + position);
        };
    }

    void skipMap() {
        for (int left = takeCount(); left > 0; left--) {
            skipBytes();
            skipBytes();
        }
    }

    <T> List<T> takeAll(Function<ByteReader, T> form) {
        int count = takeCount();
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(form.apply(this));
        }
        return values;
    }

    SortedMap<String, String> takeMap() {
        SortedMap<String, String> map = new TreeMap<>();
        for (int left = takeCount(); left > 0; left--) {
            String key = takeText();
            map.put(key, takeText());
        }
        return map;
    }
}
