package org.skep.lsm.read;

import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Decides on the cells of one store, in their order. Confined to one thread. */
abstract class Matcher {
    private static final int TTL_TAG = 8;

    final Columns columns;
    final Deletes deletes;
    private final long now;
    private byte[] row = new byte[64];
    private int rowLength = -1;

    Matcher(Columns columns, Deletes deletes, long now) {
        this.columns = columns;
        this.deletes = deletes;
        this.now = now;
    }

    /** Begins the row of a cell. */
    void startRow(CellView cell) {
        rowLength = cell.rowLength();
        if (rowLength > row.length) {
            row = new byte[Math.max(rowLength, 2 * row.length)];
        }
        cell.buffer().get(cell.rowOffset(), row, 0, rowLength);
        columns.startRow();
        if (deletes != columns) {
            deletes.startRow();
        }
    }

    boolean inRow(CellView cell) {
        return rowLength == cell.rowLength()
                && Bytes.compare(row, 0, rowLength, cell.buffer(), cell.rowOffset(), rowLength)
                        == 0;
    }

    abstract Match match(CellView cell);

    /** Where to go after SEEK_HINT; null for the next cell. */
    SeekKey hint(CellView cell) {
        return null;
    }

    /** What every scan checks before markers and versions; null to go on. */
    final Match beforeAll(CellView cell) {
        if (!inRow(cell)) {
            return Match.OTHER_ROW;
        }
        if (columns.done()) {
            return Match.NEXT_ROW;
        }
        if (columns.allExpired(cell.timestamp())) {
            return columns.afterColumn(cell);
        }
        if (cell.tagsLength() > 0 && !deletes.judgesExpired() && expiry(cell) < now) {
            return Match.SKIP;
        }
        return null;
    }

    /**
     * Up to when the cell lives by a time to live of its own; its first such tag counts. The
     * greatest time if there is none.
     */
    static long expiry(CellView cell) {
        int at = cell.tagsOffset();
        int end = at + cell.tagsLength();
        while (at + 3 <= end) {
            int length = cell.buffer().getShort(at) & 0xffff;
            if (cell.buffer().get(at + 2) == TTL_TAG && length == 1 + Long.BYTES) {
                long last = cell.timestamp() + cell.buffer().getLong(at + 3);
                return last < cell.timestamp() ? Long.MAX_VALUE : last;
            }
            at += 2 + length;
        }
        return Long.MAX_VALUE;
    }

    /** What the markers say about a put; null to go on. */
    final Match afterDeletes(CellView put) {
        return switch (deletes.check(put)) {
            case VISIBLE -> null;
            case DELETED -> Match.SKIP;
            case REST_OF_COLUMN_DELETED -> columns.afterColumn(put);
        };
    }
}
