package org.skep.lsm.read;

import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;

/** Certain columns are wanted, so much of the row can be passed by. Sees puts only. */
final class ChosenColumns extends Columns {
    private final byte[][] columns;
    private final int minVersions;
    private final int maxVersions;
    private final long oldest;
    private int index;
    private int count;
    private long lastTimestamp;

    /**
     * @param columns sorted, at least one
     */
    ChosenColumns(byte[][] columns, int minVersions, int maxVersions, long oldest) {
        this.columns = columns;
        this.minVersions = minVersions;
        this.maxVersions = maxVersions;
        this.oldest = oldest;
    }

    static int compare(byte[] column, CellView cell) {
        return Bytes.compare(
                column,
                0,
                column.length,
                cell.buffer(),
                cell.qualifierOffset(),
                cell.qualifierLength());
    }

    @Override
    void startRow() {
        index = -1;
        nextIndex();
    }

    private void nextIndex() {
        index++;
        count = 0;
        lastTimestamp = Long.MAX_VALUE;
    }

    @Override
    boolean done() {
        return index >= columns.length;
    }

    @Override
    boolean allExpired(long timestamp) {
        return minVersions <= 0 && timestamp < oldest;
    }

    @Override
    Match checkColumn(CellView cell) {
        while (!done()) {
            int order = compare(columns[index], cell);
            if (order == 0) {
                return Match.INCLUDE;
            }
            if (order > 0) {
                return Match.NEXT_COLUMN;
            }
            nextIndex();
        }
        return Match.NEXT_ROW;
    }

    @Override
    Match checkVersion(CellView cell, boolean uncounted) {
        long timestamp = cell.timestamp();
        if (timestamp == lastTimestamp) {
            return Match.SKIP;
        }
        count++;
        if (count >= maxVersions || (count >= minVersions && timestamp < oldest)) {
            nextIndex();
            return done() ? Match.INCLUDE_AND_NEXT_ROW : Match.INCLUDE_AND_NEXT_COLUMN;
        }
        lastTimestamp = timestamp;
        return Match.INCLUDE;
    }

    @Override
    void leaveColumn(CellView cell) {
        lastTimestamp = Long.MAX_VALUE;
        while (!done()) {
            int order = compare(columns[index], cell);
            if (order > 0) {
                return;
            }
            nextIndex();
            if (order == 0) {
                return;
            }
        }
    }

    @Override
    Match afterColumn(CellView cell) {
        leaveColumn(cell);
        return done() ? Match.NEXT_ROW : Match.NEXT_COLUMN;
    }

    @Override
    byte[] nextColumn() {
        return done() ? null : columns[index];
    }
}
