package org.skep.columnar.parquet;

import java.util.Arrays;

/**
 * Decodes the hybrid of repeated and bit-packed numbers that levels, dictionary indexes and
 * booleans come in. Confined to one thread. The buffer reaches eight bytes beyond {@code end}.
 */
final class RleReader {
    private final PageReader page;
    private byte[] data;
    private int at;
    private int end;
    private int width;
    private int mask;

    private int runLeft;
    private int missing;
    private boolean repeated;
    private int repeatedValue;
    // within a bit-packed run: the next value's position in bits from packedAt on
    private int packedAt;
    private long packedBit;

    RleReader(PageReader page) {
        this.page = page;
    }

    /** Begins at {@code from}; numbers have {@code bitWidth} bits, at most 32. */
    void open(byte[] buffer, int from, int to, int bitWidth) {
        if (bitWidth < 0 || bitWidth > 32) {
            throw page.corrupt("numbers of %d bits".formatted(bitWidth));
        }
        data = buffer;
        at = from;
        end = to;
        width = bitWidth;
        mask = bitWidth == 32 ? -1 : (1 << bitWidth) - 1;
        runLeft = 0;
        missing = 0;
    }

    /**
     * How many bytes lie behind the last run that was begun; negative if the run ended early, by
     * what was left out.
     */
    int bytesLeft() {
        return missing > 0 ? -missing : end - at;
    }

    private void nextRun() {
        long header = 0;
        int shift = 0;
        while (true) {
            if (at >= end || shift > 28) {
                throw page.corrupt("levels or indexes end too early");
            }
            int part = data[at++];
            header |= (part & 0x7fL) << shift;
            if (part >= 0) {
                break;
            }
            shift += 7;
        }
        long count = header >>> 1;
        repeated = (header & 1) == 0;
        if (repeated) {
            int bytes = (width + 7) >>> 3;
            if (count == 0 || bytes > end - at) {
                throw page.corrupt("run of %d values of %d bits".formatted(count, width));
            }
            repeatedValue = (int) ((long) ByteOrderReads.LONG.get(data, at)) & bytesMask(bytes);
            at += bytes;
            runLeft = (int) Math.min(count, Integer.MAX_VALUE);
            return;
        }
        long values = count * 8;
        long bytes = count * width;
        if (bytes > end - at) {
            // Some writers leave out what would only be padding.
            missing = (int) Math.min(bytes - (end - at), Integer.MAX_VALUE);
            bytes = (long) end - at;
            values = bytes * 8 / Math.max(width, 1);
        }
        if (values == 0) {
            throw page.corrupt("bit-packed run without values");
        }
        packedAt = at;
        packedBit = 0;
        at += (int) bytes;
        runLeft = (int) Math.min(values, Integer.MAX_VALUE);
    }

    private static int bytesMask(int bytes) {
        return bytes == 4 ? -1 : (1 << (8 * bytes)) - 1;
    }

    /** Decodes the next {@code count} numbers. */
    void read(int[] out, int from, int count) {
        int position = from;
        int left = count;
        while (left > 0) {
            if (runLeft == 0) {
                nextRun();
            }
            int n = Math.min(left, runLeft);
            if (repeated) {
                Arrays.fill(out, position, position + n, repeatedValue);
            } else {
                unpack(out, position, n);
            }
            runLeft -= n;
            position += n;
            left -= n;
        }
    }

    private void unpack(int[] out, int from, int count) {
        int done = 0;
        long bit = packedBit;
        if (width == 0) {
            Arrays.fill(out, from, from + count, 0);
            return;
        }
        // up to a byte boundary, one by one; then eight at a time
        while (done < count && (bit & 7) != 0) {
            out[from + done++] = one(bit);
            bit += width;
        }
        if (width <= 8) {
            int byteAt = packedAt + (int) (bit >>> 3);
            int w = width;
            int m = mask;
            int[] o = out;
            byte[] d = data;
            int p = from + done;
            int groups = (count - done) >>> 3;
            for (int g = 0; g < groups; g++) {
                long word = (long) ByteOrderReads.LONG.get(d, byteAt);
                o[p] = (int) word & m;
                o[p + 1] = (int) (word >>> w) & m;
                o[p + 2] = (int) (word >>> (2 * w)) & m;
                o[p + 3] = (int) (word >>> (3 * w)) & m;
                o[p + 4] = (int) (word >>> (4 * w)) & m;
                o[p + 5] = (int) (word >>> (5 * w)) & m;
                o[p + 6] = (int) (word >>> (6 * w)) & m;
                o[p + 7] = (int) (word >>> (7 * w)) & m;
                p += 8;
                byteAt += w;
            }
            done += groups << 3;
            bit += (long) groups * 8 * w;
        } else if (width <= 16) {
            int byteAt = packedAt + (int) (bit >>> 3);
            int w = width;
            int m = mask;
            int[] o = out;
            byte[] d = data;
            int p = from + done;
            int groups = (count - done) >>> 3;
            int half = w >>> 1;
            int shift = (w & 1) * 4;
            for (int g = 0; g < groups; g++) {
                long low = (long) ByteOrderReads.LONG.get(d, byteAt);
                long high = (long) ByteOrderReads.LONG.get(d, byteAt + half) >>> shift;
                o[p] = (int) low & m;
                o[p + 1] = (int) (low >>> w) & m;
                o[p + 2] = (int) (low >>> (2 * w)) & m;
                o[p + 3] = (int) (low >>> (3 * w)) & m;
                o[p + 4] = (int) high & m;
                o[p + 5] = (int) (high >>> w) & m;
                o[p + 6] = (int) (high >>> (2 * w)) & m;
                o[p + 7] = (int) (high >>> (3 * w)) & m;
                p += 8;
                byteAt += w;
            }
            done += groups << 3;
            bit += (long) groups * 8 * w;
        }
        while (done < count) {
            out[from + done++] = one(bit);
            bit += width;
        }
        packedBit = bit;
    }

    private int one(long bit) {
        long word = (long) ByteOrderReads.LONG.get(data, packedAt + (int) (bit >>> 3));
        return (int) (word >>> (bit & 7)) & mask;
    }

    /**
     * Decodes {@code count} levels of one bit into flags that say where the level is 0.
     *
     * @return how many levels are 1
     */
    int readNulls(boolean[] nulls, int from, int count) {
        int present = 0;
        int position = from;
        int left = count;
        while (left > 0) {
            if (runLeft == 0) {
                nextRun();
            }
            int n = Math.min(left, runLeft);
            if (repeated) {
                if (repeatedValue > 1) {
                    throw page.corrupt("definition level %d, at most 1".formatted(repeatedValue));
                }
                Arrays.fill(nulls, position, position + n, repeatedValue == 0);
                present += repeatedValue * n;
            } else {
                long bit = packedBit;
                for (int i = 0; i < n; i++) {
                    int set = (data[packedAt + (int) (bit >>> 3)] >>> (bit & 7)) & 1;
                    nulls[position + i] = set == 0;
                    present += set;
                    bit++;
                }
                packedBit = bit;
            }
            runLeft -= n;
            position += n;
            left -= n;
        }
        return present;
    }

    /** Passes over the next {@code count} numbers. */
    void skip(int count) {
        int left = count;
        while (left > 0) {
            if (runLeft == 0) {
                nextRun();
            }
            int n = Math.min(left, runLeft);
            packedBit += (long) n * width;
            runLeft -= n;
            left -= n;
        }
    }

    /** Passes over levels of one bit and counts those that are 1. */
    int skipCounting(int count) {
        int present = 0;
        int left = count;
        while (left > 0) {
            if (runLeft == 0) {
                nextRun();
            }
            int n = Math.min(left, runLeft);
            if (repeated) {
                present += (repeatedValue & 1) * n;
            } else {
                for (int i = 0; i < n; i++) {
                    present += (data[packedAt + (int) (packedBit >>> 3)] >>> (packedBit & 7)) & 1;
                    packedBit++;
                }
            }
            runLeft -= n;
            left -= n;
        }
        return present;
    }
}
