package org.skep.columnar.parquet;

/**
 * DELTA_BINARY_PACKED: a first value, then blocks of differences, each as a least one and
 * bit-packed remainders in miniblocks of their own widths. Decoded a miniblock at a time. Confined
 * to one thread.
 */
final class DeltaLongs implements LongSource {
    private static final int MAX_BLOCK = 1 << 16;

    private final PageReader page;
    private final boolean narrow;
    private byte[] data;
    private int at;
    private int end;

    private int miniBlocks;
    private int miniBlockSize;
    private long left;
    private boolean firstPending;
    private long last;
    private long leastDelta;
    private int widthsAt;
    private int miniBlock;

    // the decoded rest of the current miniblock
    private long[] ready = new long[0];
    private int readyAt;
    private int readyEnd;

    /** Decodes 32-bit numbers, whose sums wrap at 32 bits, or 64-bit ones. */
    DeltaLongs(PageReader page, boolean narrow) {
        this.page = page;
        this.narrow = narrow;
    }

    @Override
    public void open(byte[] buffer, int from, int to) {
        data = buffer;
        at = from;
        end = to;
        long blockSize = varint();
        long blocks = varint();
        left = varint();
        last = zigzag();
        if (blockSize <= 0
                || blockSize > MAX_BLOCK
                || blocks <= 0
                || blockSize % blocks != 0
                || blockSize / blocks % 8 != 0
                || left < 0) {
            throw page.corrupt(
                    "delta blocks of %d values in %d parts, %d values"
                            .formatted(blockSize, blocks, left));
        }
        miniBlocks = (int) blocks;
        miniBlockSize = (int) (blockSize / blocks);
        firstPending = left > 0;
        miniBlock = miniBlocks;
        readyAt = 0;
        readyEnd = 0;
        if (ready.length < miniBlockSize) {
            ready = new long[miniBlockSize];
        }
    }

    /** How many values the page's header of this encoding announces and have not been read. */
    long left() {
        return left;
    }

    /** Where the bytes after the last block begin, once all values have been read. */
    int position() {
        return at;
    }

    @Override
    public void read(long[] out, int from, int count) {
        if (count > left) {
            throw page.corrupt("%d values wanted, %d are left".formatted(count, left));
        }
        int position = from;
        int wanted = count;
        if (firstPending && wanted > 0) {
            out[position++] = last;
            firstPending = false;
            wanted--;
            left--;
        }
        while (wanted > 0) {
            if (readyAt == readyEnd) {
                nextMiniBlock();
            }
            int n = Math.min(wanted, readyEnd - readyAt);
            System.arraycopy(ready, readyAt, out, position, n);
            readyAt += n;
            position += n;
            wanted -= n;
            left -= n;
        }
    }

    @Override
    public void skip(int count) {
        long[] nowhere = new long[Math.min(count, 1024)];
        for (int done = 0; done < count; done += nowhere.length) {
            read(nowhere, 0, Math.min(nowhere.length, count - done));
        }
    }

    private void nextMiniBlock() {
        if (miniBlock == miniBlocks) {
            leastDelta = zigzag();
            widthsAt = at;
            if (miniBlocks > end - at) {
                throw page.corrupt("delta block ends too early");
            }
            at += miniBlocks;
            miniBlock = 0;
        }
        int width = data[widthsAt + miniBlock++] & 0xff;
        long bytes = (long) miniBlockSize / 8 * width;
        int count = (int) Math.min(miniBlockSize, left);
        if (width > 64) {
            throw page.corrupt("differences of %d bits".formatted(width));
        }
        if (bytes > end - at) {
            // The last part may end where its values end.
            if (((long) count * width + 7) / 8 > end - at) {
                throw page.corrupt(
                        "delta block of %d bytes, %d are left".formatted(bytes, end - at));
            }
            bytes = (long) end - at;
        }
        long value = last;
        long mask = width == 64 ? -1L : (1L << width) - 1;
        long bit = 0;
        for (int i = 0; i < count; i++) {
            int from = at + (int) (bit >>> 3);
            int shift = (int) (bit & 7);
            long rest = width == 0 ? 0 : (long) ByteOrderReads.LONG.get(data, from) >>> shift;
            if (width + shift > 64) {
                rest |= (long) data[from + 8] << (64 - shift);
            }
            value += leastDelta + (rest & mask);
            if (narrow) {
                value = value << 32 >> 32;
            }
            ready[i] = value;
            bit += width;
        }
        last = value;
        at += (int) bytes;
        readyAt = 0;
        readyEnd = count;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw page.corrupt("delta header ends too early");
            }
            byte part = data[at++];
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw page.corrupt("number of more than 64 bits in a delta header");
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }
}
