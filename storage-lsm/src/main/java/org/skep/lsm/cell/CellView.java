package org.skep.lsm.cell;

import java.nio.ByteBuffer;

/**
 * A window on one stored cell: offsets into a buffer, no copies and no objects. The owner moves it
 * with {@link #read}; whoever keeps a cell copies it with {@link Cell#copyOf}. Confined to one
 * thread.
 */
public final class CellView {
    private ByteBuffer buffer;
    private int start;
    private int rowOffset;
    private int rowLength;
    private int familyLength;
    private int qualifierOffset;
    private int qualifierLength;
    private long timestamp;
    private int type;
    private int valueOffset;
    private int valueLength;
    private int tagsOffset;
    private int tagsLength;
    private long sequence;

    /**
     * Moves to the cell at {@code offset}; returns the offset behind it. The buffer must be
     * big-endian and hold a whole cell of this layout there.
     */
    public int read(ByteBuffer from, int offset, CellLayout layout) {
        buffer = from;
        start = offset;
        int keyLength = from.getInt(offset);
        valueLength = from.getInt(offset + 4);
        int key = offset + CellLayout.LENGTHS;
        rowLength = from.getShort(key);
        rowOffset = key + 2;
        int family = rowOffset + rowLength;
        familyLength = from.get(family);
        qualifierOffset = family + 1 + familyLength;
        valueOffset = key + keyLength;
        qualifierLength = valueOffset - 9 - qualifierOffset;
        timestamp = from.getLong(valueOffset - 9);
        type = from.get(valueOffset - 1) & 0xff;
        int end = valueOffset + valueLength;
        if (layout.tags()) {
            tagsLength = from.getShort(end) & 0xffff;
            tagsOffset = end + 2;
            end = tagsOffset + tagsLength;
        } else {
            tagsLength = 0;
            tagsOffset = end;
        }
        if (layout.sequence()) {
            sequence = VLong.read(from, end);
            end += VLong.sizeFrom(from.get(end));
        } else {
            sequence = 0;
        }
        return end;
    }

    /**
     * Moves to a put of another column of the same row and family, without tags, whose key is known
     * already.
     */
    public void moveInRow(
            ByteBuffer from, int offset, int keyLength, int newValueLength, long newSequence) {
        buffer = from;
        start = offset;
        int key = offset + CellLayout.LENGTHS;
        rowOffset = key + 2;
        qualifierOffset = rowOffset + rowLength + 1 + familyLength;
        valueOffset = key + keyLength;
        qualifierLength = valueOffset - 9 - qualifierOffset;
        timestamp = buffer.getLong(valueOffset - 9);
        type = CellType.PUT.code();
        valueLength = newValueLength;
        tagsOffset = valueOffset + newValueLength;
        tagsLength = 0;
        sequence = newSequence;
    }

    /** Whether a length is negative, as only damage makes it. */
    public boolean impossible() {
        return (rowLength | familyLength | qualifierLength | valueLength) < 0;
    }

    /** Moves to where another view is. */
    public void set(CellView other) {
        buffer = other.buffer;
        start = other.start;
        rowOffset = other.rowOffset;
        rowLength = other.rowLength;
        familyLength = other.familyLength;
        qualifierOffset = other.qualifierOffset;
        qualifierLength = other.qualifierLength;
        timestamp = other.timestamp;
        type = other.type;
        valueOffset = other.valueOffset;
        valueLength = other.valueLength;
        tagsOffset = other.tagsOffset;
        tagsLength = other.tagsLength;
        sequence = other.sequence;
    }

    /**
     * Moves to a copy of another view's cell, without tags, whose lengths, key and value lie at
     * {@code offset} of a buffer.
     */
    public void setCopy(CellView other, ByteBuffer copy, int offset) {
        int distance = offset - other.start;
        buffer = copy;
        start = offset;
        rowOffset = other.rowOffset + distance;
        rowLength = other.rowLength;
        familyLength = other.familyLength;
        qualifierOffset = other.qualifierOffset + distance;
        qualifierLength = other.qualifierLength;
        timestamp = other.timestamp;
        type = other.type;
        valueOffset = other.valueOffset + distance;
        valueLength = other.valueLength;
        tagsOffset = valueOffset + valueLength;
        tagsLength = 0;
        sequence = other.sequence;
    }

    /** Replaces the sequence id, for stores that keep it elsewhere. */
    public void sequence(long value) {
        sequence = value;
    }

    /** What the offsets count in. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Where the cell begins: at its key's length. */
    public int start() {
        return start;
    }

    /** Where the key begins: at the row's length. */
    public int keyOffset() {
        return start + CellLayout.LENGTHS;
    }

    /** Bytes of the key. */
    public int keyLength() {
        return valueOffset - start - CellLayout.LENGTHS;
    }

    /** Where the row begins. */
    public int rowOffset() {
        return rowOffset;
    }

    /** Bytes of the row. */
    public int rowLength() {
        return rowLength;
    }

    /** Where the family's name begins. */
    public int familyOffset() {
        return qualifierOffset - familyLength;
    }

    /** Bytes of the family's name. */
    public int familyLength() {
        return familyLength;
    }

    /** Where the qualifier begins. */
    public int qualifierOffset() {
        return qualifierOffset;
    }

    /** Bytes of the qualifier, perhaps none. */
    public int qualifierLength() {
        return qualifierLength;
    }

    /** Milliseconds since 1970, or whatever the writer gave. */
    public long timestamp() {
        return timestamp;
    }

    /** The type's code, see {@link CellType}. */
    public int type() {
        return type;
    }

    /** Whether the cell hides others. */
    public boolean deletes() {
        return CellType.deletes(type);
    }

    /** Where the value begins. */
    public int valueOffset() {
        return valueOffset;
    }

    /** Bytes of the value. */
    public int valueLength() {
        return valueLength;
    }

    /** Where the tags begin. */
    public int tagsOffset() {
        return tagsOffset;
    }

    /** Bytes of all tags, perhaps none. */
    public int tagsLength() {
        return tagsLength;
    }

    /** The number of the write that made the cell; 0 if it is older than every reader. */
    public long sequence() {
        return sequence;
    }

    /** Whether two cells have the same row. */
    public boolean sameRow(CellView other) {
        return Bytes.equal(
                buffer, rowOffset, rowLength, other.buffer, other.rowOffset, other.rowLength);
    }

    /** Whether the cell has this row. */
    public boolean hasRow(byte[] row) {
        return Bytes.equal(row, 0, row.length, buffer, rowOffset, rowLength);
    }

    /** Whether two cells have the same qualifier. */
    public boolean sameQualifier(CellView other) {
        return Bytes.equal(
                buffer,
                qualifierOffset,
                qualifierLength,
                other.buffer,
                other.qualifierOffset,
                other.qualifierLength);
    }

    /** A copy of the row. */
    public byte[] row() {
        return Bytes.copy(buffer, rowOffset, rowLength);
    }

    @Override
    public String toString() {
        return buffer == null ? "no cell" : Cell.copyOf(this).toString();
    }
}
