package org.skep.lsm.read;

import org.skep.lsm.cell.CellView;

/** Every column is wanted. Of equal cells the first counts, and the others are hidden. */
final class AllColumns extends Columns {
    private final int minVersions;
    private final int maxVersions;
    private final long oldest;
    private final Qualifier column = new Qualifier();
    private int count;
    private long lastTimestamp;
    private int lastType;

    AllColumns(int minVersions, int maxVersions, long oldest) {
        this.minVersions = minVersions;
        this.maxVersions = maxVersions;
        this.oldest = oldest;
    }

    @Override
    void startRow() {
        column.clear();
        forgetLast();
    }

    private void forgetLast() {
        lastTimestamp = Long.MAX_VALUE;
        lastType = 0;
    }

    @Override
    boolean done() {
        return false;
    }

    @Override
    boolean allExpired(long timestamp) {
        return minVersions <= 0 && timestamp < oldest;
    }

    @Override
    Match checkColumn(CellView cell) {
        return Match.INCLUDE;
    }

    @Override
    Match checkVersion(CellView cell, boolean uncounted) {
        long timestamp = cell.timestamp();
        int type = cell.type();
        if (!column.is(cell)) {
            column.set(cell);
            count = 0;
            forgetLast();
        } else if (!uncounted && timestamp == lastTimestamp && type == lastType) {
            return Match.SKIP;
        }
        if (uncounted) {
            return Match.INCLUDE;
        }
        // A marker counts as a part of the version before it, so that all but the last go in time.
        if (!cell.deletes()) {
            count++;
        }
        if (count > maxVersions || (count > minVersions && timestamp < oldest)) {
            return Match.NEXT_COLUMN;
        }
        lastTimestamp = timestamp;
        lastType = type;
        return Match.INCLUDE;
    }

    @Override
    Match afterColumn(CellView cell) {
        return Match.NEXT_COLUMN;
    }
}
