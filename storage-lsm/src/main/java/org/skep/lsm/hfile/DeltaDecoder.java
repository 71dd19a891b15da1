package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.VLong;
import org.skep.lsm.schema.BlockEncoding;

/**
 * Turns blocks in HBase's encodings PREFIX, DIFF and FAST_DIFF, where each cell tells how it
 * differs from the one before, into blocks in ROW_INDEX_V1. Confined to one thread. Damaged blocks
 * make it fail with an IndexOutOfBoundsException.
 */
final class DeltaDecoder {
    private static final int STAMP_AND_TYPE = Long.BYTES + 1;

    // What the bits of a cell's first byte mean in DIFF.
    private static final int DIFF_SAME_KEY_LENGTH = 1;
    private static final int DIFF_SAME_VALUE_LENGTH = 2;
    private static final int DIFF_SAME_TYPE = 4;
    private static final int DIFF_STAMP_IS_DIFFERENCE = 8;
    private static final int DIFF_STAMP_LENGTH_SHIFT = 4;
    private static final int DIFF_STAMP_NEGATIVE = 0x80;

    // And in FAST_DIFF; the lowest three say how many bytes the timestamps have in common.
    private static final int FAST_STAMP_MASK = 7;
    private static final int FAST_SAME_KEY_LENGTH = 8;
    private static final int FAST_SAME_VALUE_LENGTH = 0x10;
    private static final int FAST_SAME_TYPE = 0x20;
    private static final int FAST_SAME_VALUE = 0x40;

    private final CellLayout layout;
    private final byte[] in;
    private int at;
    private final int end;
    private final ByteSink out;
    private int[] rowStarts = new int[64];
    private int rows;

    // The cell before, as it stands in the output; start is -1 before the first.
    private int start = -1;
    private int keyLength;
    private int valueLength;
    private int rowLength;
    private long timestamp;
    private byte[] family = {};

    private DeltaDecoder(CellLayout layout, ByteSink source, ByteSink target) {
        this.layout = layout;
        in = source.array();
        end = source.length();
        out = target;
    }

    /** Whether blocks with this number can be decoded here. */
    static boolean knows(int encoding) {
        return encoding == BlockEncoding.PREFIX.code()
                || encoding == BlockEncoding.DIFF.code()
                || encoding == BlockEncoding.FAST_DIFF.code();
    }

    /** Decodes the data of a block, its encoding's number in front, into an empty sink. */
    static void decode(CellLayout layout, ByteSink source, ByteSink target) {
        target.putShort(BlockEncoding.ROW_INDEX_V1.code());
        new DeltaDecoder(layout, source, target).decode(source.buffer().getShort(0));
    }

    private void decode(int encoding) {
        // The number, and the length of the decoded cells, which they tell themselves.
        at = Short.BYTES + Integer.BYTES;
        if (encoding == BlockEncoding.DIFF.code()) {
            int length = in[take(1)];
            int from = take(length);
            family = Arrays.copyOfRange(in, from - 1, from + length);
        }
        while (at < end) {
            int before = start;
            int cell = out.length();
            if (encoding == BlockEncoding.PREFIX.code()) {
                prefix();
            } else if (encoding == BlockEncoding.DIFF.code()) {
                diff();
            } else {
                fastDiff();
            }
            endCell(before, cell);
        }
        writeRowIndex();
    }

    // Moves behind so many bytes of the input; returns where they begin.
    private int take(int length) {
        if (length < 0 || length > end - at) {
            throw new IndexOutOfBoundsException("%d bytes at %d of %d".formatted(length, at, end));
        }
        int from = at;
        at += length;
        return from;
    }

    private int number() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE + 3; shift += 7) {
            int b = in[take(1)];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("number too long at " + at);
    }

    private void copy(int length) {
        int from = take(length);
        out.put(in, from, length);
    }

    // Copies from what was put out before.
    private void repeat(int from, int length) {
        if (length < 0 || from < 0 || from > out.length() - length) {
            throw new IndexOutOfBoundsException("%d decoded bytes at %d".formatted(length, from));
        }
        out.reserve(length);
        out.put(out.array(), from, length);
    }

    private void begin(int newKeyLength, int newValueLength, int common) {
        boolean possible =
                newKeyLength >= CellLayout.KEY_OVERHEAD
                        && newValueLength >= 0
                        && common >= 0
                        && common <= (start < 0 ? 0 : keyLength)
                        && common <= newKeyLength;
        if (!possible) {
            throw new IndexOutOfBoundsException(
                    "key of %d bytes, %d of them common, value of %d"
                            .formatted(newKeyLength, common, newValueLength));
        }
        out.putInt(newKeyLength);
        out.putInt(newValueLength);
        if (common > 0) {
            repeat(start + CellLayout.LENGTHS, common);
        }
    }

    private void prefix() {
        int rest = number();
        int newValueLength = number();
        int common = number();
        int cell = out.length();
        begin(rest + common, newValueLength, common);
        copy(rest);
        copy(newValueLength);
        remember(cell, rest + common, newValueLength);
    }

    private void remember(int cell, int newKeyLength, int newValueLength) {
        start = cell;
        keyLength = newKeyLength;
        valueLength = newValueLength;
        ByteBuffer cells = out.buffer();
        rowLength = cells.getShort(cell + CellLayout.LENGTHS);
        timestamp = cells.getLong(cell + CellLayout.LENGTHS + newKeyLength - STAMP_AND_TYPE);
    }

    private void diff() {
        int flags = in[take(1)];
        int newKeyLength = (flags & DIFF_SAME_KEY_LENGTH) != 0 ? keyLength : number();
        int newValueLength = (flags & DIFF_SAME_VALUE_LENGTH) != 0 ? valueLength : number();
        int common = number();
        int type = typeBefore();
        int cell = out.length();
        begin(newKeyLength, newValueLength, common);
        rowAndQualifier(cell, newKeyLength, common);
        int bytes = ((flags >>> DIFF_STAMP_LENGTH_SHIFT) & 7) + 1;
        long stamp = 0;
        for (int i = 0; i < bytes; i++) {
            stamp |= (in[take(1)] & 0xffL) << (8 * i);
        }
        if ((flags & DIFF_STAMP_NEGATIVE) != 0) {
            stamp = -stamp;
        }
        if ((flags & DIFF_STAMP_IS_DIFFERENCE) != 0) {
            stamp = timestamp - stamp;
        }
        out.putLong(stamp);
        out.putByte((flags & DIFF_SAME_TYPE) != 0 ? type : in[take(1)]);
        copy(newValueLength);
        remember(cell, newKeyLength, newValueLength);
    }

    private void fastDiff() {
        int flags = in[take(1)];
        int newKeyLength = (flags & FAST_SAME_KEY_LENGTH) != 0 ? keyLength : number();
        int newValueLength = (flags & FAST_SAME_VALUE_LENGTH) != 0 ? valueLength : number();
        int common = number();
        int cell = out.length();
        if (start < 0) {
            begin(newKeyLength, newValueLength, 0);
            copy(newKeyLength);
            copy(newValueLength);
            remember(cell, newKeyLength, newValueLength);
            int familyAt = cell + CellLayout.LENGTHS + 2 + rowLength;
            family =
                    Arrays.copyOfRange(out.array(), familyAt, familyAt + 1 + out.array()[familyAt]);
            return;
        }
        int type = typeBefore();
        begin(newKeyLength, newValueLength, common);
        rowAndQualifier(cell, newKeyLength, common);
        int stampAt = start + CellLayout.LENGTHS + keyLength - STAMP_AND_TYPE;
        int same = flags & FAST_STAMP_MASK;
        repeat(stampAt, same);
        copy(Long.BYTES - same);
        out.putByte((flags & FAST_SAME_TYPE) != 0 ? type : in[take(1)]);
        if ((flags & FAST_SAME_VALUE) != 0) {
            repeat(start + CellLayout.LENGTHS + keyLength, newValueLength);
        } else {
            copy(newValueLength);
        }
        remember(cell, newKeyLength, newValueLength);
    }

    private int typeBefore() {
        return start < 0 ? 0 : out.array()[start + CellLayout.LENGTHS + keyLength - 1];
    }

    // The rest of a key up to the timestamp, of which the common bytes are there already. The
    // family is left out where the row differs.
    private void rowAndQualifier(int cell, int newKeyLength, int common) {
        if (start >= 0 && common >= rowLength + 2) {
            copy(newKeyLength - common - STAMP_AND_TYPE);
            return;
        }
        copy(Math.max(0, 2 - common));
        int row = out.buffer().getShort(cell + CellLayout.LENGTHS);
        copy(row + 2 - Math.max(2, common));
        out.put(family, 0, family.length);
        copy(newKeyLength - 2 - row - family.length - STAMP_AND_TYPE);
    }

    private void endCell(int before, int cell) {
        if (layout.tags()) {
            int length = number();
            out.putShort(length);
            copy(length);
        }
        if (layout.sequence()) {
            copy(VLong.sizeFrom(in[at < end ? at : take(1)]));
        }
        boolean newRow = before < 0 || !sameRow(before, cell);
        if (newRow) {
            if (rows == rowStarts.length) {
                rowStarts = Arrays.copyOf(rowStarts, 2 * rows);
            }
            rowStarts[rows++] = cell - Short.BYTES;
        }
    }

    private boolean sameRow(int before, int cell) {
        ByteBuffer cells = out.buffer();
        int a = before + CellLayout.LENGTHS;
        int b = cell + CellLayout.LENGTHS;
        int length = cells.getShort(a);
        return length == cells.getShort(b)
                && Arrays.equals(
                        out.array(), a + 2, a + 2 + length, out.array(), b + 2, b + 2 + length);
    }

    private void writeRowIndex() {
        int cells = out.length() - Short.BYTES;
        out.putInt(rows);
        for (int i = 0; i < rows; i++) {
            out.putInt(rowStarts[i]);
        }
        out.putInt(cells);
    }
}
