package org.skep.lsm.cell;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One cell on the heap: what clients write and what they are given. Its bytes are {@code keyLength
 * | valueLength | key | value | short tagsLength | tags} (see {@link CellLayout}) somewhere in an
 * array that is shared and must not be changed. Immutable.
 */
public final class Cell {
    /** The timestamp of a mutation that takes the store's time. */
    public static final long LATEST = Long.MAX_VALUE;

    private static final byte[] EMPTY = {};
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;
    private final int offset;
    private final long sequence;

    private Cell(byte[] array, int offset, long sequence) {
        this.array = array;
        this.offset = offset;
        this.sequence = sequence;
    }

    /** A cell without tags. */
    public static Cell of(
            byte[] row,
            byte[] family,
            byte[] qualifier,
            long timestamp,
            CellType type,
            byte[] value) {
        return of(row, family, qualifier, timestamp, type, value, EMPTY);
    }

    /**
     * A cell with tags.
     *
     * @param tags each {@code short length of what follows | byte type | data}
     * @throws IllegalArgumentException if row, family or tags are too long, or the row is empty
     */
    public static Cell of(
            byte[] row,
            byte[] family,
            byte[] qualifier,
            long timestamp,
            CellType type,
            byte[] value,
            byte[] tags) {
        if (row.length == 0) {
            throw new IllegalArgumentException("Row length is 0");
        }
        if (row.length > CellLayout.MAX_ROW) {
            throw new IllegalArgumentException(
                    "Row length %d is > %d".formatted(row.length, CellLayout.MAX_ROW));
        }
        if (family.length > CellLayout.MAX_FAMILY || tags.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Family or tags too long: %d, %d".formatted(family.length, tags.length));
        }
        int keyLength = row.length + family.length + qualifier.length + CellLayout.KEY_OVERHEAD;
        byte[] array = new byte[CellLayout.LENGTHS + keyLength + value.length + 2 + tags.length];
        ByteBuffer.wrap(array)
                .putInt(keyLength)
                .putInt(value.length)
                .putShort((short) row.length)
                .put(row)
                .put((byte) family.length)
                .put(family)
                .put(qualifier)
                .putLong(timestamp)
                .put((byte) type.code())
                .put(value)
                .putShort((short) tags.length)
                .put(tags);
        return new Cell(array, 0, 0);
    }

    /** A copy of the cell that a view is on. */
    public static Cell copyOf(CellView view) {
        int length = size(view);
        byte[] array = new byte[length];
        write(view, array, 0);
        return new Cell(array, 0, view.sequence());
    }

    /** Bytes that {@link #write} takes for the cell of a view. */
    public static int size(CellView view) {
        return CellLayout.LENGTHS + view.keyLength() + view.valueLength() + 2 + view.tagsLength();
    }

    /**
     * Copies the cell of a view into {@code target}, which becomes part of the returned cell: so
     * several cells can share one array.
     */
    public static Cell write(CellView view, byte[] target, int at) {
        copy(view, target, at);
        return new Cell(target, at, view.sequence());
    }

    /** Copies the cell of a view into {@code target}, where {@link #at} finds it. */
    public static void copy(CellView view, byte[] target, int at) {
        ByteBuffer from = view.buffer();
        int head = CellLayout.LENGTHS + view.keyLength() + view.valueLength();
        from.get(view.start(), target, at, head);
        target[at + head] = (byte) (view.tagsLength() >> 8);
        target[at + head + 1] = (byte) view.tagsLength();
        if (view.tagsLength() > 0) {
            from.get(view.tagsOffset(), target, at + head + 2, view.tagsLength());
        }
    }

    /** The cell that {@link #write} or {@link #copy} has put there. */
    public static Cell at(byte[] array, int offset, long sequence) {
        return new Cell(array, offset, sequence);
    }

    /** Moves a view, whose buffer wraps {@link #array}, to this cell. */
    public void show(CellView view, ByteBuffer wrapped) {
        view.read(wrapped, offset, new CellLayout(true, false));
        view.sequence(sequence);
    }

    /** A view of this cell alone. */
    public CellView view() {
        CellView view = new CellView();
        show(view, ByteBuffer.wrap(array));
        return view;
    }

    private int intAt(int at) {
        return (int) INT.get(array, at);
    }

    /** Bytes in {@link #array}, from the lengths to the tags. */
    public int length() {
        int tags = CellLayout.LENGTHS + keyLength() + valueLength();
        return tags + 2 + ((short) SHORT.get(array, offset + tags) & 0xffff);
    }

    /** Whether two cells have the same row. */
    public boolean sameRow(Cell other) {
        int from = offset + CellLayout.LENGTHS;
        int fromOther = other.offset + CellLayout.LENGTHS;
        int length = 2 + rowLength();
        return length == 2 + other.rowLength()
                && Arrays.equals(
                        array, from, from + length, other.array, fromOther, fromOther + length);
    }

    /** Whether another cell of the same row and family is of a later column. */
    public boolean isOfEarlierColumn(Cell other) {
        return Arrays.compareUnsigned(
                        array,
                        qualifierAt(),
                        valueOffset() - 9,
                        other.array,
                        other.qualifierAt(),
                        other.valueOffset() - 9)
                < 0;
    }

    /** The shared bytes. */
    public byte[] array() {
        return array;
    }

    /** Where this cell begins in {@link #array}. */
    public int offset() {
        return offset;
    }

    /** Bytes of the key. */
    public int keyLength() {
        return intAt(offset);
    }

    /** Bytes of the row. */
    public int rowLength() {
        int at = offset + CellLayout.LENGTHS;
        return (short) SHORT.get(array, at);
    }

    /** Where the length of the family's name is in {@link #array}, one byte in front of it. */
    public int familyAt() {
        return offset + CellLayout.LENGTHS + 2 + rowLength();
    }

    /** Where the qualifier begins in {@link #array}. */
    public int qualifierAt() {
        int family = familyAt();
        return family + 1 + array[family];
    }

    /** Bytes of the qualifier, perhaps none. */
    public int qualifierLength() {
        return valueOffset() - 9 - qualifierAt();
    }

    /** Where the value begins in {@link #array}. */
    public int valueOffset() {
        return offset + CellLayout.LENGTHS + keyLength();
    }

    /** Bytes of the value. */
    public int valueLength() {
        return intAt(offset + 4);
    }

    /** A copy of the row. */
    public byte[] row() {
        int at = offset + CellLayout.LENGTHS + 2;
        return Arrays.copyOfRange(array, at, at + rowLength());
    }

    /** A copy of the family's name. */
    public byte[] family() {
        int at = familyAt();
        return Arrays.copyOfRange(array, at + 1, at + 1 + array[at]);
    }

    /** A copy of the qualifier. */
    public byte[] qualifier() {
        return Arrays.copyOfRange(array, qualifierAt(), valueOffset() - 9);
    }

    /** A copy of the value. */
    public byte[] value() {
        int at = valueOffset();
        return Arrays.copyOfRange(array, at, at + valueLength());
    }

    /** A copy of all tags. */
    public byte[] tags() {
        int at = valueOffset() + valueLength();
        int length = ((array[at] & 0xff) << 8) | (array[at + 1] & 0xff);
        return Arrays.copyOfRange(array, at + 2, at + 2 + length);
    }

    /** Milliseconds since 1970, or whatever the writer gave. */
    public long timestamp() {
        return (long) LONG.get(array, valueOffset() - 9);
    }

    /** What the cell does. */
    public CellType type() {
        return CellType.of(array[valueOffset() - 1] & 0xff);
    }

    /** The number of the write that made the cell; 0 if it is not known any more. */
    public long sequence() {
        return sequence;
    }

    /** The same cell with another timestamp. */
    public Cell withTimestamp(long timestamp) {
        return of(row(), family(), qualifier(), timestamp, type(), value(), tags());
    }

    /** Equal in all parts but the sequence id. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Cell cell
                && keyLength() == cell.keyLength()
                && valueLength() == cell.valueLength()
                && Arrays.equals(
                        array,
                        offset,
                        valueOffset() + valueLength(),
                        cell.array,
                        cell.offset,
                        cell.valueOffset() + cell.valueLength())
                && Arrays.equals(tags(), cell.tags());
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(row()), Arrays.hashCode(qualifier()), timestamp());
    }

    /** Such as {@code row/f:q@5/PUT=value}; bytes beyond printable ASCII as {@code \x00}. */
    @Override
    public String toString() {
        return printable(row())
                + "/"
                + printable(family())
                + ":"
                + printable(qualifier())
                + "@"
                + timestamp()
                + "/"
                + type()
                + "="
                + printable(value());
    }

    /** Bytes as text; those beyond printable ASCII as {@code \x00}. */
    public static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b >= ' ' && b <= '~' && b != '\\') {
                text.append((char) b);
            } else {
                text.append("\\x").append("%02X".formatted(b & 0xff));
            }
        }
        return text.toString();
    }

    /** The bytes of a text in UTF-8, for rows, families and qualifiers given as literals. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
