package org.skep.types.vector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.types.DataType;

/**
 * STRING, VARCHAR and CHAR values in UTF-8, and BINARY values: each is a run of bytes in one
 * buffer. The buffer may belong to somebody else (a decoded page, a dictionary) until the first
 * write copies it. CHAR values are held without their padding. Confined to one thread.
 */
public final class BytesVector extends ColumnVector {
    private byte[] data;
    private int[] starts;
    private int[] lengths;
    private int used;
    private boolean shared;

    /** A vector with room for {@code capacity} values. */
    public BytesVector(DataType type, int capacity) {
        super(type);
        data = new byte[capacity * 8];
        starts = new int[capacity];
        lengths = new int[capacity];
    }

    /**
     * A vector over a buffer of somebody else, which must not change while this vector is in use.
     */
    public BytesVector(DataType type, byte[] data, int[] starts, int[] lengths) {
        super(type);
        this.data = data;
        this.starts = starts;
        this.lengths = lengths;
        used = data.length;
        shared = true;
    }

    /** The buffer. */
    public byte[] data() {
        return data;
    }

    /** Where in the buffer each value begins. */
    public int[] starts() {
        return starts;
    }

    /** How many bytes each value has. */
    public int[] lengths() {
        return lengths;
    }

    /**
     * Points this vector at a buffer of somebody else; {@link #starts} and {@link #lengths} are
     * then to be filled.
     */
    public void share(byte[] buffer) {
        data = buffer;
        used = buffer.length;
        shared = true;
    }

    /** Appends bytes to the buffer and makes them the value at {@code row}. */
    public void set(int row, byte[] source, int offset, int length) {
        int start = reserve(length);
        System.arraycopy(source, offset, data, start, length);
        starts[row] = start;
        lengths[row] = length;
    }

    /** Appends all bytes of {@code source} as the value at {@code row}. */
    public void set(int row, byte[] source) {
        set(row, source, 0, source.length);
    }

    /**
     * Makes room for {@code length} more bytes at the end of the buffer and answers where they
     * begin; the caller writes them into {@link #data} and sets {@link #starts} and {@link
     * #lengths}.
     */
    public int reserve(int length) {
        long needed = (long) used + length;
        if (needed > Integer.MAX_VALUE - 16) {
            throw new org.skep.base.error.SkepException(
                    org.skep.base.error.ErrorCode.MEMORY_LIMIT, "Batch of strings exceeds 2 GB");
        }
        if (shared || needed > data.length) {
            long grown = Math.max(needed, Math.max(64L, used + (used >> 1)));
            data = Arrays.copyOf(data, (int) Math.min(grown, Integer.MAX_VALUE - 16));
            shared = false;
        }
        int start = used;
        used = (int) needed;
        return start;
    }

    /** Makes the value at {@code row} a run of bytes that already is in the buffer. */
    public void setRun(int row, int start, int length) {
        starts[row] = start;
        lengths[row] = length;
    }

    /** The value at {@code row} as a string; for rare paths. */
    public String stringAt(int row) {
        return new String(data, starts[row], lengths[row], StandardCharsets.UTF_8);
    }

    /** Sets the value at {@code row} from a string; for rare paths. */
    public void set(int row, String value) {
        set(row, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int capacity() {
        return starts.length;
    }

    @Override
    void grow(int capacity) {
        if (capacity > starts.length) {
            int grown = grownCapacity(starts.length, capacity);
            starts = Arrays.copyOf(starts, grown);
            lengths = Arrays.copyOf(lengths, grown);
        }
    }

    @Override
    public void reset() {
        super.reset();
        if (shared) {
            data = new byte[64];
            shared = false;
        }
        used = 0;
    }

    @Override
    void copyValues(ColumnVector source, int[] positions, int from, int count, int at) {
        BytesVector other = (BytesVector) source;
        boolean[] theirNulls = other.nulls();
        long total = 0;
        for (int i = 0; i < count; i++) {
            int position = positions == null ? from + i : positions[from + i];
            if (position >= 0 && (theirNulls == null || !theirNulls[position])) {
                total += other.lengths[position];
            }
        }
        int start = reserve(Math.toIntExact(total));
        for (int i = 0; i < count; i++) {
            int position = positions == null ? from + i : positions[from + i];
            starts[at + i] = start;
            if (position >= 0 && (theirNulls == null || !theirNulls[position])) {
                int length = other.lengths[position];
                System.arraycopy(other.data, other.starts[position], data, start, length);
                lengths[at + i] = length;
                start += length;
            } else {
                lengths[at + i] = 0;
            }
        }
    }

    @Override
    public long retainedBytes() {
        return data.length + 8L * starts.length + nullBytes();
    }
}
