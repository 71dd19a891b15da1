package org.skep.lsm.read;

import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;

/**
 * What a compaction of all files keeps by the order of writing where deleted cells are kept
 * (KEEP_DELETED_CELLS): whoever asks for an earlier time range sees past the markers behind it, so
 * there are as many pasts as markers. What was replaced or deleted stays, therefore; only what is
 * pushed out in all of them goes, that is, by versions that no marker hides and that have no time
 * to live of their own.
 */
final class WriteHistory extends Columns implements Deletes {
    private final int minVersions;
    private final int maxVersions;
    private final long oldest;

    private final Qualifier column = new Qualifier();
    private boolean familyMarked;
    private long familyMarker;
    private boolean marked;
    private boolean lastIsPut;
    private long lastTimestamp;
    // Those that no marker hides and that live for ever: they push out all that is older.
    private int versions;

    /**
     * @param oldest the timestamp up to which all is expired, itself not
     */
    WriteHistory(int minVersions, int maxVersions, long oldest) {
        this.minVersions = minVersions;
        this.maxVersions = maxVersions;
        this.oldest = oldest;
    }

    @Override
    public void startRow() {
        column.clear();
        familyMarked = false;
    }

    @Override
    public boolean judgesExpired() {
        return true;
    }

    private void enter(CellView cell) {
        if (!column.is(cell)) {
            column.set(cell);
            marked = false;
            lastIsPut = false;
            versions = 0;
        }
    }

    @Override
    public void add(CellView marker) {
        int type = marker.type();
        if (type == CellType.DELETE_FAMILY.code()
                || type == CellType.DELETE_FAMILY_VERSION.code()) {
            familyMarker =
                    familyMarked ? Math.max(familyMarker, marker.timestamp()) : marker.timestamp();
            familyMarked = true;
        } else {
            enter(marker);
            marked = true;
        }
        lastIsPut = false;
    }

    @Override
    public Verdict check(CellView put) {
        enter(put);
        if (versions >= maxVersions) {
            return Verdict.DELETED;
        }
        long timestamp = put.timestamp();
        boolean replaced = lastIsPut && lastTimestamp == timestamp;
        lastIsPut = true;
        lastTimestamp = timestamp;
        boolean hidden = marked || (familyMarked && timestamp <= familyMarker);
        if (!replaced
                && !hidden
                && (put.tagsLength() == 0 || Matcher.expiry(put) == Long.MAX_VALUE)) {
            versions++;
        }
        return Verdict.VISIBLE;
    }

    @Override
    boolean done() {
        return false;
    }

    @Override
    boolean allExpired(long timestamp) {
        return minVersions == 0 && timestamp < oldest;
    }

    @Override
    Match checkColumn(CellView cell) {
        return Match.INCLUDE;
    }

    @Override
    Match checkVersion(CellView cell, boolean uncounted) {
        return Match.INCLUDE;
    }

    @Override
    Match afterColumn(CellView cell) {
        return Match.NEXT_COLUMN;
    }
}
