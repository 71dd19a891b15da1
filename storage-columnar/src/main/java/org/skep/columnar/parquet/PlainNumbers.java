package org.skep.columnar.parquet;

import org.apache.parquet.format.Encoding;

/**
 * Numbers of a fixed count of bytes, one after the other (PLAIN), or all first bytes, then all
 * second bytes and so on (BYTE_STREAM_SPLIT), which is turned into the former when a page begins.
 * Confined to one thread.
 */
final class PlainNumbers {
    private final PageReader page;
    private final boolean split;
    private final int width;
    private byte[] joined = new byte[0];
    private byte[] data;
    private int at;
    private int end;

    private PlainNumbers(PageReader page, boolean split, int width) {
        this.page = page;
        this.split = split;
        this.width = width;
    }

    /** Numbers of {@code width} bytes, or null if the encoding is another. */
    static PlainNumbers create(Encoding encoding, PageReader page, int width) {
        return switch (encoding) {
            case PLAIN -> new PlainNumbers(page, false, width);
            case BYTE_STREAM_SPLIT -> new PlainNumbers(page, true, width);
            default -> null;
        };
    }

    void open(byte[] buffer, int from, int to) {
        data = buffer;
        at = from;
        end = to;
        if (split) {
            join(from, to);
        }
    }

    private void join(int from, int to) {
        int count = (to - from) / width;
        if (joined.length < count * width + PageReader.PADDING) {
            joined = new byte[count * width + PageReader.PADDING];
        }
        for (int part = 0; part < width; part++) {
            int in = from + part * count;
            for (int i = 0, out = part; i < count; i++, out += width) {
                joined[out] = data[in + i];
            }
        }
        data = joined;
        at = 0;
        end = count * width;
    }

    byte[] data() {
        return data;
    }

    /** Takes the next {@code count} numbers and answers where in {@link #data} they begin. */
    int take(int count) {
        int start = at;
        if (count > (end - at) / width) {
            throw page.corrupt(
                    "%d values of %d bytes, %d bytes are left".formatted(count, width, end - at));
        }
        at += count * width;
        return start;
    }
}
