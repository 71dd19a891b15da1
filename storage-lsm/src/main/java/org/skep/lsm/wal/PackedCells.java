package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellLayout;

/**
 * Cells of one write, one behind the other, each without what it shares with the one before: row,
 * family, timestamp, type. See {@code docs/formats/wal.md}. Stateless.
 */
public final class PackedCells {
    private static final int ROW = 1;
    private static final int FAMILY = 2;
    private static final int TIMESTAMP = 4;
    private static final int TYPE = 8;
    private static final int TAGS = 16;
    private static final int ALL = ROW | FAMILY | TIMESTAMP | TYPE;

    private PackedCells() {}

    /**
     * What of a cell must be written.
     *
     * @param before the cell in front of it; null if it is the first
     */
    public static int parts(Cell before, Cell cell) {
        int parts = before == null ? ALL : partsBehind(before, cell);
        return tagsLength(cell) > 0 ? parts | TAGS : parts;
    }

    private static int partsBehind(Cell before, Cell cell) {
        int parts = before.sameRow(cell) ? 0 : ROW;
        int family = cell.familyAt();
        int other = before.familyAt();
        int length = 1 + cell.array()[family];
        if (!Arrays.equals(
                cell.array(), family, family + length, before.array(), other, other + length)) {
            parts |= FAMILY;
        }
        if (cell.timestamp() != before.timestamp()) {
            parts |= TIMESTAMP;
        }
        return type(cell) != type(before) ? parts | TYPE : parts;
    }

    private static byte type(Cell cell) {
        return cell.array()[cell.valueOffset() - 1];
    }

    private static int tagsLength(Cell cell) {
        return cell.length() - (cell.valueOffset() - cell.offset()) - cell.valueLength() - 2;
    }

    /** Whether a cell with these parts has another row than the one before. */
    public static boolean beginsRow(int parts) {
        return (parts & ROW) != 0;
    }

    /** Bytes that {@link #write} takes. */
    public static int size(Cell cell, int parts) {
        int qualifier = cell.qualifierLength();
        int value = cell.valueLength();
        int size = 1 + numberSize(qualifier) + qualifier + numberSize(value) + value;
        if ((parts & ROW) != 0) {
            size += 2 + cell.rowLength();
        }
        if ((parts & FAMILY) != 0) {
            size += 1 + cell.array()[cell.familyAt()];
        }
        if ((parts & TIMESTAMP) != 0) {
            size += Long.BYTES;
        }
        if ((parts & TYPE) != 0) {
            size++;
        }
        return (parts & TAGS) != 0 ? size + 2 + tagsLength(cell) : size;
    }

    /**
     * Appends a cell.
     *
     * @param stamp stands for {@link Cell#LATEST}
     */
    public static void write(Cell cell, int parts, long stamp, ByteBuffer to) {
        byte[] array = cell.array();
        to.put((byte) parts);
        if ((parts & ROW) != 0) {
            to.put(array, cell.offset() + CellLayout.LENGTHS, 2 + cell.rowLength());
        }
        if ((parts & FAMILY) != 0) {
            int family = cell.familyAt();
            to.put(array, family, 1 + array[family]);
        }
        int qualifier = cell.qualifierLength();
        writeNumber(qualifier, to);
        to.put(array, cell.qualifierAt(), qualifier);
        if ((parts & TIMESTAMP) != 0) {
            long timestamp = cell.timestamp();
            to.putLong(timestamp == Cell.LATEST ? stamp : timestamp);
        }
        if ((parts & TYPE) != 0) {
            to.put(type(cell));
        }
        int value = cell.valueLength();
        writeNumber(value, to);
        to.put(array, cell.valueOffset(), value);
        if ((parts & TAGS) != 0) {
            to.put(array, cell.valueOffset() + value, 2 + tagsLength(cell));
        }
    }

    // Seven bits a byte, the lowest first; all but the last have the highest bit.
    private static void writeNumber(int value, ByteBuffer to) {
        int left = value;
        while (left > 0x7f) {
            to.put((byte) (left | 0x80));
            left >>>= 7;
        }
        to.put((byte) left);
    }

    private static int numberSize(int value) {
        return value <= 0x7f ? 1 : (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7;
    }

    /**
     * Writes cells in full, with tags, to the beginning of a buffer.
     *
     * @param to used again if it is large enough; null for none yet
     * @return a buffer that begins with the cells; its position is behind them
     * @throws IndexOutOfBoundsException or {@link IllegalArgumentException} if these are no such
     *     cells
     */
    static ByteBuffer unpack(ByteBuffer from, int offset, int length, ByteBuffer to) {
        return new Unpacking(from, offset, offset + length, to).run();
    }

    private static final class Unpacking {
        private final ByteBuffer from;
        private final int end;
        private int at;
        private ByteBuffer to;

        // Where the parts are that the next cell may share.
        private int rowAt;
        private int rowLength;
        private int familyAt;
        private int familyLength;
        private long timestamp;
        private byte type;

        Unpacking(ByteBuffer from, int offset, int end, ByteBuffer to) {
            this.from = from;
            this.end = end;
            this.to = to == null ? ByteBuffer.allocate(4 << 10) : to.clear();
            at = offset;
        }

        ByteBuffer run() {
            while (at < end) {
                cell();
            }
            if (at != end) {
                throw new IndexOutOfBoundsException("cells end at " + at + ", not at " + end);
            }
            return to;
        }

        private void cell() {
            int parts = from.get(at++);
            if ((parts & ROW) != 0) {
                rowLength = from.getShort(at);
                rowAt = at + 2;
                at = rowAt + rowLength;
            }
            if ((parts & FAMILY) != 0) {
                familyLength = from.get(at);
                familyAt = at + 1;
                at = familyAt + familyLength;
            }
            int qualifier = number();
            int qualifierAt = at;
            at += qualifier;
            if ((parts & TIMESTAMP) != 0) {
                timestamp = from.getLong(at);
                at += Long.BYTES;
            }
            if ((parts & TYPE) != 0) {
                type = from.get(at++);
            }
            int value = number();
            int valueAt = at;
            at += value;
            int tags = 0;
            if ((parts & TAGS) != 0) {
                tags = from.getShort(at) & 0xffff;
                at += 2 + tags;
            }
            int key = CellLayout.KEY_OVERHEAD + rowLength + familyLength + qualifier;
            if (at < 0 || at > end || (qualifier | value | rowLength | familyLength) < 0) {
                throw new IndexOutOfBoundsException("a cell ends at " + at + " of " + end);
            }
            reserve(CellLayout.LENGTHS + key + value + 2 + tags);
            to.putInt(key).putInt(value).putShort((short) rowLength);
            copy(rowAt, rowLength);
            to.put((byte) familyLength);
            copy(familyAt, familyLength);
            copy(qualifierAt, qualifier);
            to.putLong(timestamp).put(type);
            copy(valueAt, value);
            to.putShort((short) tags);
            copy(at - tags, tags);
        }

        private void copy(int start, int count) {
            to.put(to.position(), from, start, count).position(to.position() + count);
        }

        private int number() {
            int value = 0;
            for (int shift = 0; shift < Integer.SIZE; shift += 7) {
                byte next = from.get(at++);
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number is too long");
        }

        private void reserve(int count) {
            if (count > to.remaining()) {
                int capacity =
                        Math.toIntExact(
                                Math.min(
                                        Integer.MAX_VALUE - 64L,
                                        Math.max(2L * to.capacity(), 0L + to.position() + count)));
                to = ByteBuffer.allocate(capacity).put(to.flip());
            }
        }
    }
}
