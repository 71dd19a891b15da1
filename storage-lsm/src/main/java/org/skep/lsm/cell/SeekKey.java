package org.skep.lsm.cell;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A place between cells to which a source is moved: the key of a cell that need not exist. Of cells
 * with equal keys it stands before all, whatever their sequence ids. Confined to one thread, since
 * it can be moved.
 */
public final class SeekKey {
    private static final byte[] EMPTY = {};

    private byte[] key;
    private ByteBuffer buffer;
    private final CellView view = new CellView();

    private SeekKey(byte[] row, byte[] family, byte[] qualifier, long timestamp, int type) {
        key = new byte[64];
        buffer = ByteBuffer.wrap(key);
        move(row, 0, row.length, family, qualifier, 0, qualifier.length, timestamp, type);
    }

    /** Before all cells of a row. */
    public static SeekKey firstOfRow(byte[] row) {
        return new SeekKey(row, EMPTY, EMPTY, Long.MAX_VALUE, CellType.MAXIMUM.code());
    }

    /** Behind all cells of a row. */
    public static SeekKey lastOfRow(byte[] row) {
        return new SeekKey(row, EMPTY, EMPTY, Long.MIN_VALUE, CellType.MINIMUM.code());
    }

    /** Before all cells of a family in a row. */
    public static SeekKey firstOfFamily(byte[] row, byte[] family) {
        return firstOfColumn(row, family, EMPTY);
    }

    /** Before all cells of a column in a row. */
    public static SeekKey firstOfColumn(byte[] row, byte[] family, byte[] qualifier) {
        return new SeekKey(row, family, qualifier, Long.MAX_VALUE, CellType.MAXIMUM.code());
    }

    /** Before the cells of a column with this timestamp and type code and those behind it. */
    public static SeekKey of(
            byte[] row, byte[] family, byte[] qualifier, long timestamp, int typeCode) {
        return new SeekKey(row, family, qualifier, timestamp, typeCode);
    }

    /** Moves before all cells of a row. */
    public void moveToFirstOfRow(byte[] row) {
        begin(row.length, 0, 0);
        System.arraycopy(row, 0, key, CellLayout.LENGTHS + 2, row.length);
        end(CellLayout.LENGTHS + 2 + row.length + 1, Long.MAX_VALUE, CellType.MAXIMUM.code());
    }

    /** Moves before all cells of the row of {@code cell}. */
    public void moveToFirstOfRow(CellView cell) {
        begin(cell.rowLength(), 0, 0);
        cell.buffer().get(cell.rowOffset(), key, CellLayout.LENGTHS + 2, cell.rowLength());
        end(CellLayout.LENGTHS + 2 + cell.rowLength() + 1, Long.MAX_VALUE, CellType.MAXIMUM.code());
    }

    /** Moves behind all cells of the row of {@code cell}. */
    public void moveToLastOfRow(CellView cell) {
        move(
                cell.buffer(),
                cell.rowOffset(),
                cell.rowLength(),
                EMPTY,
                cell.buffer(),
                0,
                0,
                Long.MIN_VALUE,
                CellType.MINIMUM.code());
    }

    /** Moves behind all cells of the column of {@code cell}. */
    public void moveToLastOfColumn(CellView cell) {
        moveInColumn(cell, Long.MIN_VALUE, CellType.MINIMUM.code());
    }

    /** Moves to a timestamp in the column of {@code cell}, before all types. */
    public void moveToTimestamp(CellView cell, long timestamp) {
        moveInColumn(cell, timestamp, CellType.MAXIMUM.code());
    }

    /** Moves before the column {@code qualifier} in row and family of {@code cell}. */
    public void moveToColumn(CellView cell, byte[] qualifier) {
        ByteBuffer from = cell.buffer();
        int family = cell.familyOffset();
        begin(cell.rowLength(), cell.familyLength(), qualifier.length);
        from.get(cell.rowOffset(), key, CellLayout.LENGTHS + 2, cell.rowLength());
        int at = CellLayout.LENGTHS + 2 + cell.rowLength() + 1;
        from.get(family, key, at, cell.familyLength());
        System.arraycopy(qualifier, 0, key, at + cell.familyLength(), qualifier.length);
        end(at + cell.familyLength() + qualifier.length, Long.MAX_VALUE, CellType.MAXIMUM.code());
    }

    private void moveInColumn(CellView cell, long timestamp, int type) {
        ByteBuffer from = cell.buffer();
        begin(cell.rowLength(), cell.familyLength(), cell.qualifierLength());
        from.get(cell.rowOffset(), key, CellLayout.LENGTHS + 2, cell.rowLength());
        int at = CellLayout.LENGTHS + 2 + cell.rowLength() + 1;
        from.get(cell.familyOffset(), key, at, cell.familyLength() + cell.qualifierLength());
        end(at + cell.familyLength() + cell.qualifierLength(), timestamp, type);
    }

    private void move(
            byte[] row,
            int rowOffset,
            int rowLength,
            byte[] family,
            byte[] qualifier,
            int qualifierOffset,
            int qualifierLength,
            long timestamp,
            int type) {
        move(
                ByteBuffer.wrap(row),
                rowOffset,
                rowLength,
                family,
                ByteBuffer.wrap(qualifier),
                qualifierOffset,
                qualifierLength,
                timestamp,
                type);
    }

    private void move(
            ByteBuffer row,
            int rowOffset,
            int rowLength,
            byte[] family,
            ByteBuffer qualifier,
            int qualifierOffset,
            int qualifierLength,
            long timestamp,
            int type) {
        begin(rowLength, family.length, qualifierLength);
        row.get(rowOffset, key, CellLayout.LENGTHS + 2, rowLength);
        int at = CellLayout.LENGTHS + 2 + rowLength + 1;
        System.arraycopy(family, 0, key, at, family.length);
        at += family.length;
        qualifier.get(qualifierOffset, key, at, qualifierLength);
        end(at + qualifierLength, timestamp, type);
    }

    private void begin(int rowLength, int familyLength, int qualifierLength) {
        int length = rowLength + familyLength + qualifierLength + CellLayout.KEY_OVERHEAD;
        if (CellLayout.LENGTHS + length > key.length) {
            key = new byte[Math.max(2 * key.length, CellLayout.LENGTHS + length)];
            buffer = ByteBuffer.wrap(key);
        }
        buffer.putInt(0, length);
        buffer.putInt(4, 0);
        buffer.putShort(CellLayout.LENGTHS, (short) rowLength);
        buffer.put(CellLayout.LENGTHS + 2 + rowLength, (byte) familyLength);
    }

    private void end(int at, long timestamp, int type) {
        buffer.putLong(at, timestamp);
        buffer.put(at + 8, (byte) type);
        view.read(buffer, 0, CellLayout.PLAIN);
        view.sequence(Long.MAX_VALUE);
    }

    /** The place as a cell without a value, to compare with. */
    public CellView view() {
        return view;
    }

    /** The key's bytes as in an index entry: from the row's length to the type. */
    public byte[] keyBytes() {
        return Arrays.copyOfRange(key, CellLayout.LENGTHS, CellLayout.LENGTHS + view.keyLength());
    }

    @Override
    public String toString() {
        return view.toString();
    }
}
