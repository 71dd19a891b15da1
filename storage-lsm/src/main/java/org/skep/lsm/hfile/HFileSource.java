package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.cell.VLong;

/** The cells of a file, or of the rows of a range. Confined to one thread. */
final class HFileSource implements CellSource {
    private static final int ROW_AT = CellLayout.LENGTHS + 2;
    private static final byte[] ANY = {};

    private final OpenFile file;
    private final DataBlocks blocks;
    private final CellLayout layout;
    private final byte[] startRow;
    private final byte[] stopRow;
    private final SeekKey startKey;
    // The sequence id of all cells, or -1 if they have their own.
    private final long sequence;
    // Made when it is first needed.
    private SeekKey rowKey;
    private final CellView view = new CellView();

    // The current block: its cells, and where their rows begin if it says so.
    private ByteBuffer buffer;
    private int cellsStart;
    private int cellsEnd;
    private int rowsAt;
    private int rowCount;
    private int hashAt;
    private int hashSlots;
    private boolean mayStop;
    // Behind the current cell.
    private int nextAt;
    // The row of the current cell, by its number in the block, and where its cells end there; the
    // end is 0 if that is not known.
    private int rowNumber;
    private int rowEnd;
    private boolean valid;
    private boolean closed;

    HFileSource(OpenFile file, DataBlocks blocks, byte[] startRow, byte[] stopRow, long sequence) {
        this.file = file;
        this.blocks = blocks;
        this.startRow = startRow;
        this.stopRow = stopRow;
        this.sequence = sequence;
        layout = file.layout();
        startKey = startRow.length == 0 ? null : SeekKey.firstOfRow(startRow);
    }

    @Override
    public CellView cell() {
        return view;
    }

    @Override
    public boolean next() {
        if (!valid) {
            return false;
        }
        try {
            if (nextAt < cellsEnd) {
                if (rowEnd > 0 && nextAt >= rowEnd) {
                    enterRow(rowNumber + 1);
                }
                read(nextAt);
                return !mayStop || beforeStop();
            }
            return nextBlock();
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    @Override
    public boolean nextColumn(long readPoint) {
        if (!valid || nextAt >= cellsEnd || sequence >= 0) {
            return false;
        }
        try {
            return moveToLaterColumn(nextAt, readPoint);
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    // What it does not understand it leaves to others, who say what is wrong with it.
    private boolean moveToLaterColumn(int at, long readPoint) {
        ByteBuffer from = buffer;
        int key = at + CellLayout.LENGTHS;
        int rowLength = view.rowLength();
        if (from.getShort(key) != rowLength
                || from.get(key + 2 + rowLength) != view.familyLength()
                || !isInRow(at, rowLength)) {
            return false;
        }
        int keyLength = from.getInt(at);
        int value = key + keyLength;
        int qualifier = key + 2 + rowLength + 1 + view.familyLength();
        int length = value - Long.BYTES - 1 - qualifier;
        if ((from.get(value - 1) & 0xff) != CellType.PUT.code()
                || length < 1
                || Bytes.compare(
                                from,
                                qualifier,
                                length,
                                from,
                                view.qualifierOffset(),
                                view.qualifierLength())
                        <= 0) {
            return false;
        }
        int valueLength = from.getInt(at + Integer.BYTES);
        int end = value + valueLength;
        if (layout.tags()) {
            if (from.getShort(end) != 0) {
                return false;
            }
            end += Short.BYTES;
        }
        long number = 0;
        if (layout.sequence()) {
            number = VLong.read(from, end);
            if (number > readPoint) {
                return false;
            }
            end += VLong.sizeFrom(from.get(end));
        }
        if (valueLength < 0 || end > cellsEnd) {
            return false;
        }
        view.moveInRow(from, at, keyLength, valueLength, number);
        nextAt = end;
        return true;
    }

    // Whether the cell behind the current one is of the same row, of which the length is known.
    private boolean isInRow(int at, int rowLength) {
        if (rowCount == 0) {
            return Bytes.equal(buffer, at + ROW_AT, rowLength, buffer, view.rowOffset(), rowLength);
        }
        if (rowEnd == 0) {
            enterRow(rowOf(at - 1));
        }
        return at < rowEnd;
    }

    private void enterRow(int number) {
        rowNumber = number;
        rowEnd = number + 1 < rowCount ? rowStart(number + 1) : cellsEnd;
    }

    // The number of the row to whose cells a byte of the block belongs.
    private int rowOf(int at) {
        int low = 0;
        int high = rowCount - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (rowStart(middle) <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public boolean seek(SeekKey key) {
        try {
            return find(key);
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    @Override
    public boolean advance(SeekKey key) {
        if (!valid) {
            return false;
        }
        try {
            return moveOn(key);
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    @Override
    public boolean seekToPreviousRow(byte[] row) {
        try {
            return findRowBefore(row);
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    private RuntimeException damaged(IndexOutOfBoundsException e) {
        valid = false;
        return file.corrupt(Math.max(0, blocks.offset()), "unreadable content: " + e.getMessage());
    }

    private boolean find(SeekKey wanted) {
        SeekKey key = wanted;
        if (startKey != null && CellOrder.compareRows(startRow, key.view()) > 0) {
            key = startKey;
        }
        valid = false;
        if (!blocks.seek(key.view())) {
            return false;
        }
        enter();
        return findInBlock(key.view()) ? settle() : nextBlock();
    }

    private boolean moveOn(SeekKey wanted) {
        CellView key = wanted.view();
        int order = CellOrder.compareRows(view, key);
        if (order > 0 || (order == 0 && CellOrder.compareWithinRow(view, key) >= 0)) {
            return true;
        }
        rowEnd = 0;
        if (nextAt < cellsEnd && (order == 0 || rowCount == 0 || !beyondBlock(key))) {
            boolean found = (order == 0 || rowCount == 0) ? scan(nextAt, key) : findInBlock(key);
            if (found) {
                return settle();
            }
        }
        if (blocks.sequential()) {
            if (!nextBlock()) {
                return false;
            }
            if (CellOrder.compareKeys(view, key) >= 0) {
                return true;
            }
        } else if (blocks.beforeNext(key)) {
            return nextBlock();
        }
        return find(wanted);
    }

    // Whether a key's row is behind all rows of the block; there is a row index.
    private boolean beyondBlock(CellView key) {
        return compareRow(rowCount - 1, key) < 0;
    }

    private boolean findRowBefore(byte[] row) {
        byte[] bound = row;
        if (stopRow.length > 0 && (row.length == 0 || Bytes.compare(row, stopRow) > 0)) {
            bound = stopRow;
        }
        valid = false;
        if (rowKey == null) {
            rowKey = SeekKey.firstOfRow(ANY);
        }
        if (bound.length == 0) {
            if (!blocks.last()) {
                return false;
            }
        } else {
            rowKey.moveToFirstOfRow(bound);
            if (!blocks.seek(rowKey.view())) {
                return false;
            }
        }
        enter();
        int at = lastRowBefore(bound);
        while (at < 0) {
            if (!blocks.previous()) {
                return false;
            }
            enter();
            at = lastRowBefore(bound);
        }
        read(at);
        if (startKey != null && CellOrder.compareRows(startRow, view) > 0) {
            return false;
        }
        if (at == cellsStart) {
            // The row may begin in a block before.
            rowKey.moveToFirstOfRow(view);
            if (!blocks.seek(rowKey.view())) {
                return false;
            }
            enter();
            if (!findInBlock(rowKey.view())) {
                return nextBlock();
            }
        }
        valid = true;
        return true;
    }

    // Where the greatest row of the block before a bound begins; -1 if there is none.
    private int lastRowBefore(byte[] bound) {
        if (rowCount > 0) {
            int low = 0;
            int high = bound.length == 0 ? -1 : rowCount - 1;
            int found = bound.length == 0 ? rowCount - 1 : -1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int cell = rowStart(middle);
                int length = buffer.getShort(cell + CellLayout.LENGTHS);
                if (Bytes.compare(bound, 0, bound.length, buffer, cell + ROW_AT, length) > 0) {
                    found = middle;
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return found < 0 ? -1 : rowStart(found);
        }
        int found = -1;
        int at = cellsStart;
        while (at < cellsEnd) {
            read(at);
            if (bound.length > 0 && CellOrder.compareRows(bound, view) <= 0) {
                break;
            }
            boolean sameRow =
                    found >= 0
                            && Bytes.equal(
                                    buffer,
                                    found + ROW_AT,
                                    buffer.getShort(found + CellLayout.LENGTHS),
                                    buffer,
                                    view.rowOffset(),
                                    view.rowLength());
            if (!sameRow) {
                found = at;
            }
            at = nextAt;
        }
        return found;
    }

    private boolean nextBlock() {
        valid = false;
        if (!blocks.next()) {
            return false;
        }
        enter();
        read(cellsStart);
        if (rowCount > 0) {
            enterRow(0);
        }
        return settle();
    }

    // The cell was moved to: says whether it is before the stop.
    private boolean settle() {
        valid = true;
        return !mayStop || beforeStop();
    }

    private boolean beforeStop() {
        if (CellOrder.compareRows(stopRow, view) <= 0) {
            valid = false;
        }
        return valid;
    }

    private void enter() {
        buffer = blocks.buffer();
        int base = blocks.base();
        int data = base + BlockFormat.HEADER;
        int end = data + BlockFormat.rawSize(buffer, base);
        rowCount = 0;
        rowEnd = 0;
        if (BlockFormat.type(buffer, base) == BlockType.ENCODED_DATA) {
            cellsStart = data + 2;
            cellsEnd = cellsStart + buffer.getInt(end - Integer.BYTES);
            if (cellsEnd < cellsStart || cellsEnd > end - 2 * Integer.BYTES) {
                throw file.corrupt(blocks.offset(), "impossible length of cells");
            }
            rowCount = buffer.getInt(cellsEnd);
            rowsAt = cellsEnd + Integer.BYTES;
            if (rowCount < 1 || rowCount != (end - rowsAt - Integer.BYTES) / Integer.BYTES) {
                throw file.corrupt(blocks.offset(), "impossible number of rows: " + rowCount);
            }
        } else {
            cellsStart = data;
            cellsEnd = end;
        }
        if (cellsStart >= cellsEnd) {
            throw file.corrupt(blocks.offset(), "no cells in a data block");
        }
        hashAt = blocks.hashAt();
        hashSlots = hashAt == 0 ? 0 : (buffer.capacity() - hashAt) / Integer.BYTES;
        mayStop = stopRow.length > 0 && (rowCount == 0 || lastRowMayStop());
    }

    private boolean lastRowMayStop() {
        int cell = rowStart(rowCount - 1);
        int length = buffer.getShort(cell + CellLayout.LENGTHS);
        return Bytes.compare(stopRow, 0, stopRow.length, buffer, cell + ROW_AT, length) <= 0;
    }

    private int rowStart(int i) {
        int start = cellsStart + buffer.getInt(rowsAt + Integer.BYTES * i);
        if (start < cellsStart || start >= cellsEnd) {
            throw file.corrupt(blocks.offset(), "a row begins at " + (start - cellsStart));
        }
        return start;
    }

    private int compareRow(int i, CellView key) {
        int cell = rowStart(i);
        return Bytes.compare(
                buffer,
                cell + ROW_AT,
                buffer.getShort(cell + CellLayout.LENGTHS),
                key.buffer(),
                key.rowOffset(),
                key.rowLength());
    }

    // Moves to the first cell of the block that is not before a key; false if there is none.
    private boolean findInBlock(CellView key) {
        if (rowCount == 0) {
            return scan(cellsStart, key);
        }
        int hashed = hashSlots == 0 ? -1 : rowByHash(key);
        if (hashed >= 0) {
            return scan(hashed, key);
        }
        int low = 0;
        int high = rowCount - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (compareRow(middle, key) < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low < rowCount && scan(rowStart(low), key);
    }

    // Where the row of a key begins; -1 if it is not in the block.
    private int rowByHash(CellView key) {
        int hash = RowHash.hash(key.buffer(), key.rowOffset(), key.rowLength());
        int slot = RowHash.first(hash, hashSlots);
        int content = buffer.getInt(hashAt + Integer.BYTES * slot);
        while (content != 0) {
            if (RowHash.matches(content, hash)) {
                int cell = cellsStart + RowHash.offset(content);
                int length = buffer.getShort(cell + CellLayout.LENGTHS);
                if (Bytes.equal(
                        buffer,
                        cell + ROW_AT,
                        length,
                        key.buffer(),
                        key.rowOffset(),
                        key.rowLength())) {
                    return cell;
                }
            }
            slot = RowHash.first(slot + 1, hashSlots);
            content = buffer.getInt(hashAt + Integer.BYTES * slot);
        }
        return -1;
    }

    // The same from a cell of the block on, one after the other.
    private boolean scan(int from, CellView key) {
        int at = from;
        while (at < cellsEnd) {
            read(at);
            if (CellOrder.compareKeys(view, key) >= 0) {
                return true;
            }
            at = nextAt;
        }
        return false;
    }

    private void read(int at) {
        int end = view.read(buffer, at, layout);
        if (end > cellsEnd || end <= at || view.impossible()) {
            throw file.corrupt(
                    blocks.offset(),
                    "a cell at %d of %d ends at %d"
                            .formatted(at - cellsStart, cellsEnd - cellsStart, end - cellsStart));
        }
        nextAt = end;
        if (sequence >= 0) {
            view.sequence(sequence);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            valid = false;
            blocks.close();
            file.release();
        }
    }

    @Override
    public String toString() {
        return file.path() + " from " + Arrays.toString(startRow);
    }
}
