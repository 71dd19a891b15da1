package org.skep.columnar.parquet;

import java.util.Arrays;

/**
 * Byte strings whose lengths come first, as differences (DELTA_LENGTH_BYTE_ARRAY), or that also
 * share a prefix with their predecessor (DELTA_BYTE_ARRAY). The lengths are decoded when a page
 * begins. Confined to one thread.
 */
final class DeltaBytes {
    private static final int STEP = 4096;

    private final PageReader page;
    private final DeltaLongs numbers;
    private long[] step = new long[0];
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private int[] prefixes = new int[0];
    private int count;
    private byte[] data;
    private int dataLength;
    private byte[] joined = new byte[0];

    DeltaBytes(PageReader page) {
        this.page = page;
        numbers = new DeltaLongs(page, true);
    }

    /** Begins a page of at most {@code most} values, with shared prefixes or without. */
    void open(byte[] buffer, int from, int to, int most, boolean prefixed) {
        numbers.open(buffer, from, to);
        if (prefixed) {
            prefixes = lengths(prefixes, most);
            int prefixCount = count;
            numbers.open(buffer, numbers.position(), to);
            lengths = lengths(lengths, most);
            if (prefixCount != count) {
                throw page.corrupt("%d prefixes of %d values".formatted(prefixCount, count));
            }
        } else {
            lengths = lengths(lengths, most);
        }
        if (starts.length < count) {
            starts = new int[count];
        }
        long position = numbers.position();
        for (int i = 0; i < count; i++) {
            starts[i] = (int) position;
            position += lengths[i];
            if (position > to) {
                throw page.corrupt(
                        "value %d ends %d bytes after its page".formatted(i, position - to));
            }
        }
        data = buffer;
        dataLength = to;
        if (prefixed) {
            join();
        }
    }

    private int[] lengths(int[] reuse, int most) {
        if (numbers.left() > most) {
            throw page.corrupt("%d lengths of %d values".formatted(numbers.left(), most));
        }
        count = (int) numbers.left();
        int[] out = reuse.length < count ? new int[count] : reuse;
        if (step.length == 0) {
            step = new long[STEP];
        }
        for (int done = 0; done < count; done += STEP) {
            int n = Math.min(STEP, count - done);
            numbers.read(step, 0, n);
            for (int i = 0; i < n; i++) {
                if (step[i] < 0) {
                    throw page.corrupt("value of %d bytes".formatted(step[i]));
                }
                out[done + i] = (int) step[i];
            }
        }
        return out;
    }

    private void join() {
        int at = 0;
        int last = 0;
        int lastLength = 0;
        for (int i = 0; i < count; i++) {
            int prefix = prefixes[i];
            if (prefix > lastLength) {
                throw page.corrupt(
                        "prefix of %d bytes of a value of %d".formatted(prefix, lastLength));
            }
            long needed = (long) at + prefix + lengths[i] + PageReader.PADDING;
            if (needed > Integer.MAX_VALUE - 16) {
                throw page.corrupt("page of more than 2 GB");
            }
            if (needed > joined.length) {
                joined =
                        Arrays.copyOf(
                                joined,
                                (int) Math.min(needed + (needed >> 1), Integer.MAX_VALUE - 16));
            }
            System.arraycopy(joined, last, joined, at, prefix);
            System.arraycopy(data, starts[i], joined, at + prefix, lengths[i]);
            last = at;
            lastLength = prefix + lengths[i];
            starts[i] = at;
            lengths[i] = lastLength;
            at += lastLength;
        }
        data = joined;
        dataLength = at;
    }

    /** Checks that all values have one length. */
    void requireLength(int width) {
        for (int i = 0; i < count; i++) {
            if (lengths[i] != width) {
                throw page.corrupt("value of %d bytes, not %d".formatted(lengths[i], width));
            }
        }
    }

    int count() {
        return count;
    }

    byte[] data() {
        return data;
    }

    int dataLength() {
        return dataLength;
    }

    int[] starts() {
        return starts;
    }

    int[] lengths() {
        return lengths;
    }
}
