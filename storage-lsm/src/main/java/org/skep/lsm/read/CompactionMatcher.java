package org.skep.lsm.read;

import org.skep.lsm.cell.CellView;
import org.skep.lsm.schema.KeepDeletedCells;

/**
 * What a flush or a compaction keeps. Cells newer than the smallest read point are kept and hide
 * nothing, since some reader does not see them.
 */
final class CompactionMatcher extends Matcher {
    private final boolean dropsMarkers;
    private final boolean keepsAll;
    private final KeepDeletedCells keep;
    private final long smallestReadPoint;
    private final long earliestPut;
    private final long oldest;
    private final long timeToPurge;
    private final long now;

    /**
     * @param dropsMarkers whether all files of the store take part, so that markers can go
     * @param keepsAll whether nothing goes before that
     * @param oldest the timestamp up to which all is expired, itself not
     * @param timeToPurge milliseconds for which markers stay
     */
    CompactionMatcher(
            Columns columns,
            Deletes deletes,
            long now,
            boolean dropsMarkers,
            boolean keepsAll,
            KeepDeletedCells keep,
            long smallestReadPoint,
            long earliestPut,
            long oldest,
            long timeToPurge) {
        super(columns, deletes, now);
        this.dropsMarkers = dropsMarkers;
        this.keepsAll = keepsAll;
        this.keep = keep;
        this.smallestReadPoint = smallestReadPoint;
        this.earliestPut = earliestPut;
        this.oldest = oldest;
        this.timeToPurge = timeToPurge;
        this.now = now;
    }

    @Override
    Match match(CellView cell) {
        if (keepsAll && !dropsMarkers) {
            return inRow(cell) ? Match.INCLUDE : Match.OTHER_ROW;
        }
        Match match = beforeAll(cell);
        if (match != null) {
            return match;
        }
        boolean tooNew = cell.sequence() > smallestReadPoint;
        if (cell.deletes()) {
            if (tooNew) {
                return Match.INCLUDE;
            }
            if (keepsAll || !keptDeleted(cell)) {
                deletes.add(cell);
            }
            match = dropsMarkers ? marker(cell) : Match.INCLUDE;
        } else if (tooNew && keepsAll) {
            // By the order of writing it would push out versions that some reader still sees. The
            // markers that count are older, so none hides it.
            return Match.INCLUDE;
        } else {
            match = afterDeletes(cell);
        }
        return match != null ? match : columns.checkVersion(cell, tooNew);
    }

    /** Whether the family keeps what this marker hides. */
    private boolean keptDeleted(CellView marker) {
        return keep == KeepDeletedCells.TRUE
                || (keepsAll && keep != KeepDeletedCells.FALSE)
                || (keep == KeepDeletedCells.TTL && marker.timestamp() >= oldest);
    }

    /** What becomes of a marker when all files take part; null to count it with the versions. */
    private Match marker(CellView cell) {
        long timestamp = cell.timestamp();
        if (timeToPurge > 0 && now - timestamp <= timeToPurge) {
            return Match.INCLUDE;
        }
        if (!keptDeleted(cell)) {
            return Match.SKIP;
        }
        // Nothing is old enough to be hidden by it.
        return timestamp < earliestPut && !keepsAll ? columns.afterColumn(cell) : null;
    }
}
