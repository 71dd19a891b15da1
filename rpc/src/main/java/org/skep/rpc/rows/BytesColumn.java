package org.skep.rpc.rows;

import java.util.Arrays;

/**
 * Values of varying length in one shared buffer: row {@code i} is the bytes from {@code offsets[i]}
 * to {@code offsets[i + 1]}. Immutable, see {@link ColumnBlock}.
 */
public abstract class BytesColumn extends ColumnBlock {
    private final byte[] buffer;
    private final int[] offsets;

    BytesColumn(byte[] buffer, int[] offsets, NullBitmap nulls) {
        super(offsets.length - 1, nulls);
        if (offsets[offsets.length - 1] > buffer.length) {
            throw new IllegalArgumentException(
                    "Offsets end at "
                            + offsets[offsets.length - 1]
                            + " in a buffer of "
                            + buffer.length);
        }
        this.buffer = buffer;
        this.offsets = offsets;
    }

    /** The shared buffer; not to be written. */
    public final byte[] buffer() {
        return buffer;
    }

    /** Where the row's bytes begin in the buffer. */
    public final int start(int row) {
        return offsets[row];
    }

    /** The number of bytes of the row. */
    public final int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** A copy of the row's bytes. */
    public final byte[] copy(int row) {
        return Arrays.copyOfRange(buffer, offsets[row], offsets[row + 1]);
    }

    /** Grows a buffer and its offsets row by row. Confined to one thread; finish it once. */
    abstract static class BytesBuilder {
        private byte[] buffer = new byte[256];
        private int[] offsets = new int[65];
        private boolean[] nulls = new boolean[64];
        private boolean anyNull;
        private int rows;

        /** The number of rows so far. */
        public final int rowCount() {
            return rows;
        }

        /** The number of bytes so far. */
        public final int size() {
            return offsets[rows];
        }

        final void addBytes(byte[] source, int start, int length) {
            int at = offsets[rows];
            int end = Math.addExact(at, length);
            if (end > buffer.length) {
                buffer = Arrays.copyOf(buffer, grown(buffer.length, end));
            }
            System.arraycopy(source, start, buffer, at, length);
            endRow(end);
        }

        final void addNull() {
            anyNull = true;
            int row = rows;
            endRow(offsets[row]);
            nulls[row] = true;
        }

        private void endRow(int end) {
            if (rows == nulls.length) {
                int larger = grown(rows, rows + 1);
                nulls = Arrays.copyOf(nulls, larger);
                offsets = Arrays.copyOf(offsets, larger + 1);
            }
            offsets[++rows] = end;
        }

        private static int grown(int now, int needed) {
            return (int) Math.min(Integer.MAX_VALUE - 16, Math.max((long) now * 2, needed));
        }

        final byte[] finishedBuffer() {
            return Arrays.copyOf(buffer, offsets[rows]);
        }

        final int[] finishedOffsets() {
            return Arrays.copyOf(offsets, rows + 1);
        }

        final NullBitmap finishedNulls() {
            return anyNull ? NullBitmap.of(Arrays.copyOf(nulls, rows)) : NullBitmap.none();
        }
    }
}
