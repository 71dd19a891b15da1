package org.skep.columnar.parquet;

import java.util.Arrays;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;

/** Values that are byte strings: characters and binary, long decimals, timestamps of 96 bits. */
final class BytesLane extends ValueLane {
    private static final int FIRST_TABLE = 1 << 10;
    private static final int FIRST_BYTES = 4 << 10;
    // Longer values make no bounds: a cut one would have to be rounded up.
    private static final int LONGEST_BOUND = 1 << 10;
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final int EPOCH_JULIAN_DAY = 2_440_588;

    private final int width;
    private final boolean bounded;
    private final boolean signed;
    // values of a fixed width are first written here
    private byte[] fixed = new byte[0];
    private int[] fixedPositions = new int[0];
    private byte[] data;
    private int[] starts;
    private int[] lengths;

    private byte[] entries = new byte[FIRST_BYTES];
    private int entryBytes;
    private int[] entryEnds = new int[FIRST_TABLE / 2];
    private int size;
    private int[] table = new int[FIRST_TABLE];
    private int[] hashes = new int[FIRST_TABLE / 2];

    private byte[] least;
    private byte[] most;
    private boolean tooLong;

    private BytesLane(int width, boolean bounded, boolean signed) {
        this.width = width;
        this.bounded = bounded;
        this.signed = signed;
    }

    /** Byte strings of any length. */
    static BytesLane strings() {
        return new BytesLane(0, true, false);
    }

    /** Decimals of more than 18 digits, in {@code width} bytes. */
    static BytesLane decimals(int width) {
        return new BytesLane(width, true, true);
    }

    /** Timestamps of 96 bits, whose order is not defined. */
    static BytesLane timestamps() {
        return new BytesLane(12, false, false);
    }

    @Override
    boolean hasDictionary() {
        return true;
    }

    // Points data, starts and lengths at the values; answers their positions in these.
    private int[] load(ColumnVector vector, int[] positions, int count) {
        if (vector instanceof BytesVector bytes) {
            data = bytes.data();
            starts = bytes.starts();
            lengths = bytes.lengths();
            return positions;
        }
        if (fixedPositions.length < count) {
            fixed = new byte[Math.multiplyExact(count, width)];
            fixedPositions = new int[count];
            starts = new int[count];
            lengths = new int[count];
            for (int i = 0; i < count; i++) {
                fixedPositions[i] = i;
                starts[i] = i * width;
                lengths[i] = width;
            }
        }
        data = fixed;
        if (vector instanceof DecimalVector decimals) {
            for (int i = 0; i < count; i++) {
                int row = positions[i];
                decimal(decimals.highAt(row), decimals.low()[row], i * width);
            }
        } else {
            LongVector times = (LongVector) vector;
            for (int i = 0; i < count; i++) {
                int row = positions[i];
                long micros = times.values()[row];
                long day = Math.floorDiv(micros, MICROS_A_DAY);
                long nanos = (micros - day * MICROS_A_DAY) * 1_000 + times.nanosAt(row);
                ByteOrderReads.LONG.set(fixed, i * width, nanos);
                ByteOrderReads.INT.set(fixed, i * width + 8, (int) (day + EPOCH_JULIAN_DAY));
            }
        }
        return fixedPositions;
    }

    private void decimal(long high, long low, int at) {
        long rest = low;
        for (int i = at + width - 1; i >= at; i--) {
            if (i == at + width - 9) {
                rest = high;
            }
            fixed[i] = (byte) rest;
            rest >>= 8;
        }
    }

    @Override
    void look(ColumnVector flat, int[] positions, int count, int[] ids, int at) {
        int[] p = load(flat, positions, count);
        for (int i = 0; i < count; i++) {
            ids[at + i] = index(starts[p[i]], lengths[p[i]]);
        }
    }

    private int index(int start, int length) {
        int hash = 1;
        int end = start + length;
        int i = start;
        for (; i + 8 <= end; i += 8) {
            long word = (long) ByteOrderReads.LONG.get(data, i) * 0x9e3779b97f4a7c15L;
            hash = 31 * hash + (int) (word >>> 32);
        }
        for (; i < end; i++) {
            hash = 31 * hash + data[i];
        }
        hash ^= hash >>> 15;
        int mask = table.length - 1;
        int slot = hash & mask;
        while (true) {
            int found = table[slot] - 1;
            if (found < 0) {
                return add(start, length, hash, slot);
            }
            if (hashes[found] == hash) {
                int from = found == 0 ? 0 : entryEnds[found - 1];
                if (Arrays.equals(entries, from, entryEnds[found], data, start, end)) {
                    return found;
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    private int add(int start, int length, int hash, int slot) {
        if (size == entryEnds.length) {
            entryEnds = Arrays.copyOf(entryEnds, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        if (entries.length - entryBytes < length) {
            long grown = Math.max((long) entryBytes + length, entries.length * 2L);
            entries = Arrays.copyOf(entries, (int) Math.min(grown, Integer.MAX_VALUE - 16));
        }
        System.arraycopy(data, start, entries, entryBytes, length);
        entryBytes += length;
        entryEnds[size] = entryBytes;
        hashes[size] = hash;
        table[slot] = ++size;
        bound(start, length);
        if (2 * size > table.length) {
            int[] larger = new int[4 * table.length];
            int mask = larger.length - 1;
            for (int i = 0; i < size; i++) {
                int free = hashes[i] & mask;
                while (larger[free] != 0) {
                    free = (free + 1) & mask;
                }
                larger[free] = i + 1;
            }
            table = larger;
        }
        return size - 1;
    }

    private void bound(int start, int length) {
        if (!bounded || tooLong) {
            return;
        }
        if (length > LONGEST_BOUND) {
            tooLong = true;
            return;
        }
        if (least == null) {
            least = Arrays.copyOfRange(data, start, start + length);
            most = least;
        } else if (compare(start, length, least) < 0) {
            least = Arrays.copyOfRange(data, start, start + length);
        } else if (compare(start, length, most) > 0) {
            most = Arrays.copyOfRange(data, start, start + length);
        }
    }

    private int compare(int start, int length, byte[] other) {
        if (signed && (data[start] < 0) != (other[0] < 0)) {
            return data[start] < 0 ? -1 : 1;
        }
        return Arrays.compareUnsigned(data, start, start + length, other, 0, other.length);
    }

    @Override
    void plain(ColumnVector flat, int[] positions, int count, ByteSink out) {
        int[] p = load(flat, positions, count);
        for (int i = 0; i < count; i++) {
            int start = starts[p[i]];
            int length = lengths[p[i]];
            bound(start, length);
            if (width == 0) {
                out.writeInt(length);
            }
            out.write(data, start, length);
        }
    }

    @Override
    void plain(int[] ids, int count, ByteSink out) {
        for (int i = 0; i < count; i++) {
            int from = ids[i] == 0 ? 0 : entryEnds[ids[i] - 1];
            int length = entryEnds[ids[i]] - from;
            if (width == 0) {
                out.writeInt(length);
            }
            out.write(entries, from, length);
        }
    }

    @Override
    int dictionarySize() {
        return size;
    }

    @Override
    int dictionaryBytes() {
        return (int) Math.min(Integer.MAX_VALUE, entryBytes + (width == 0 ? 4L * size : 0));
    }

    @Override
    void dictionary(ByteSink out) {
        int from = 0;
        for (int i = 0; i < size; i++) {
            if (width == 0) {
                out.writeInt(entryEnds[i] - from);
            }
            out.write(entries, from, entryEnds[i] - from);
            from = entryEnds[i];
        }
    }

    @Override
    long plainBytes(int[] ids, int count) {
        if (width > 0) {
            return (long) count * width;
        }
        long bytes = 4L * count;
        for (int i = 0; i < count; i++) {
            bytes += entryEnds[ids[i]] - (ids[i] == 0 ? 0 : entryEnds[ids[i] - 1]);
        }
        return bytes;
    }

    @Override
    byte[] min() {
        return tooLong ? null : least;
    }

    @Override
    byte[] max() {
        return tooLong ? null : most;
    }

    @Override
    long retainedBytes() {
        return entries.length + 8L * entryEnds.length + 4L * table.length + fixed.length;
    }

    @Override
    void reset() {
        size = 0;
        entryBytes = 0;
        entries = new byte[FIRST_BYTES];
        entryEnds = new int[FIRST_TABLE / 2];
        hashes = new int[FIRST_TABLE / 2];
        table = new int[FIRST_TABLE];
        least = null;
        most = null;
        tooLong = false;
    }
}
