package org.skep.columnar.parquet;

/**
 * Walks a struct of Thrift's compact protocol without building anything, so that the generated
 * parser is only given bytes whose lengths and counts are within bounds. Confined to one thread.
 */
final class CompactStruct {
    private static final int MAX_DEPTH = 40;

    private final byte[] data;
    private final int limit;
    private int at;

    private CompactStruct(byte[] data, int from, int limit) {
        this.data = data;
        this.at = from;
        this.limit = limit;
    }

    /**
     * Where the struct that begins at {@code from} ends, or -1 if it does not end before {@code
     * limit}.
     */
    static int end(byte[] data, int from, int limit) {
        CompactStruct walk = new CompactStruct(data, from, limit);
        return walk.struct(0) ? walk.at : -1;
    }

    private boolean struct(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        while (at < limit) {
            int head = data[at++];
            if (head == 0) {
                return true;
            }
            if ((head & 0xf0) == 0 && varint() < 0) {
                return false;
            }
            int type = head & 0x0f;
            if (type > 2 && !value(type, depth)) {
                return false;
            }
        }
        return false;
    }

    private boolean value(int type, int depth) {
        return switch (type) {
            case 1, 2, 3 -> skip(1);
            case 4, 5, 6 -> varint() >= 0;
            case 7 -> skip(8);
            case 8 -> skip(varint());
            case 9, 10 -> list(depth);
            case 11 -> map(depth);
            case 12 -> struct(depth + 1);
            case 13 -> skip(16);
            default -> false;
        };
    }

    private boolean list(int depth) {
        if (at >= limit) {
            return false;
        }
        int head = data[at++];
        long size = (head >> 4) & 0x0f;
        if (size == 15) {
            size = varint();
        }
        if (size < 0 || size > limit - at) {
            return false;
        }
        for (long i = 0; i < size; i++) {
            if (!value(head & 0x0f, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean map(int depth) {
        long size = varint();
        if (size <= 0) {
            return size == 0;
        }
        if (size > limit - at || at >= limit) {
            return false;
        }
        int types = data[at++];
        for (long i = 0; i < size; i++) {
            if (!value((types >> 4) & 0x0f, depth + 1) || !value(types & 0x0f, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean skip(long bytes) {
        if (bytes < 0 || bytes > limit - at) {
            return false;
        }
        at += (int) bytes;
        return true;
    }

    // Zigzag numbers use all 64 bits, so only the sign of a plain length can be trusted; a negative
    // answer means malformed, and the caller of a number that may be negative asks only for that.
    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70 && at < limit; shift += 7) {
            byte part = data[at++];
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value & Long.MAX_VALUE;
            }
        }
        return -1;
    }
}
