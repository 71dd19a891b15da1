package org.skep.lsm.read;

import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;

/**
 * What a compaction of all files keeps by the order of writing where deleted cells are kept
 * (KEEP_DELETED_CELLS): whoever asks for an earlier time range sees past the markers behind it, so
 * there are as many pasts as markers. What was replaced or deleted stays, therefore; only what is
 * pushed out in all of them goes, that is, by versions that no marker hides, that have no time to
 * live of their own, and that were themselves never pushed out: by cells, say, that were replaced
 * by such as have expired.
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
    // Whether a cell of that timestamp lives for ever.
    private boolean lastLives;
    // The timestamps of which some cell lives for ever: no more versions were ever there that push
    // out an older one.
    private int mostVersions;
    // Those of them that are there, and that nothing hides: they push out all that is older.
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
            mostVersions = 0;
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
        boolean lives = put.tagsLength() == 0 || Matcher.expiry(put) == Long.MAX_VALUE;
        if (lives && !(replaced && lastLives)) {
            boolean hidden = marked || (familyMarked && timestamp <= familyMarker);
            if (!replaced && !hidden && mostVersions < maxVersions) {
                versions++;
            }
            mostVersions++;
        }
        lastLives = lives || (replaced && lastLives);
        lastIsPut = true;
        lastTimestamp = timestamp;
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
