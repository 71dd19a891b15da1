package org.skep.lsm.read;

import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.filter.Filter;
import org.skep.lsm.operation.TimeRange;

/** What a get or scan sees; a raw one sees markers and what they hide, too. */
final class UserMatcher extends Matcher {
    private final boolean raw;
    private final Filter filter;
    private final TimeRange range;
    private final boolean seesPastMarkers;
    private final int versionsAfterFilter;
    private final Qualifier counted = new Qualifier();
    private int count;

    /**
     * @param filter null for none
     * @param seesPastMarkers whether markers outside of the time range hide nothing
     * @param versionsAfterFilter versions of a column that are returned of those the filter leaves
     */
    UserMatcher(
            Columns columns,
            Deletes deletes,
            long now,
            boolean raw,
            Filter filter,
            TimeRange range,
            boolean seesPastMarkers,
            int versionsAfterFilter) {
        super(columns, deletes, now);
        this.raw = raw;
        this.filter = filter;
        this.range = range;
        this.seesPastMarkers = seesPastMarkers;
        this.versionsAfterFilter = versionsAfterFilter;
    }

    @Override
    void startRow(CellView cell) {
        super.startRow(cell);
        counted.clear();
    }

    @Override
    Match match(CellView cell) {
        if (filter != null && filter.rejectsAllRemaining()) {
            return Match.DONE;
        }
        Match match = beforeAll(cell);
        if (match != null) {
            return match;
        }
        if (!raw) {
            if (cell.deletes()) {
                boolean counts =
                        seesPastMarkers
                                ? range.contains(cell.timestamp())
                                : cell.timestamp() >= range.from();
                if (counts) {
                    deletes.add(cell);
                }
                return Match.SKIP;
            }
            match = afterDeletes(cell);
            if (match != null) {
                return match;
            }
        }
        return inRange(cell);
    }

    private Match inRange(CellView cell) {
        if (!range.contains(cell.timestamp())) {
            return cell.timestamp() < range.from() ? columns.afterColumn(cell) : Match.SKIP;
        }
        Match match = columns.checkColumn(cell);
        if (match != Match.INCLUDE) {
            return match;
        }
        match = columns.checkVersion(cell, false);
        if (filter == null || match == Match.SKIP || match == Match.NEXT_COLUMN) {
            return match;
        }
        return filtered(cell, match);
    }

    /** Joins what the versions say, one of the three INCLUDE, with what the filter says. */
    private Match filtered(CellView cell, Match versions) {
        Match match = versions;
        switch (filter.decide(cell)) {
            case SKIP -> {
                return switch (versions) {
                    case INCLUDE_AND_NEXT_COLUMN -> Match.NEXT_COLUMN;
                    case INCLUDE_AND_NEXT_ROW -> Match.NEXT_ROW;
                    default -> Match.SKIP;
                };
            }
            case NEXT_COLUMN -> {
                return versions == Match.INCLUDE_AND_NEXT_ROW
                        ? Match.NEXT_ROW
                        : columns.afterColumn(cell);
            }
            case NEXT_ROW -> {
                return Match.NEXT_ROW;
            }
            case SEEK_HINT -> {
                return Match.SEEK_HINT;
            }
            case INCLUDE_AND_NEXT_COLUMN -> {
                if (versions == Match.INCLUDE) {
                    match = Match.INCLUDE_AND_NEXT_COLUMN;
                }
            }
            case INCLUDE_AND_NEXT_ROW -> match = Match.INCLUDE_AND_NEXT_ROW;
            case INCLUDE -> {}
        }
        if (!counted.is(cell)) {
            counted.set(cell);
            count = 0;
        }
        count++;
        if (count > versionsAfterFilter) {
            match = match == Match.INCLUDE_AND_NEXT_ROW ? Match.NEXT_ROW : Match.NEXT_COLUMN;
        }
        if (match == Match.INCLUDE_AND_NEXT_COLUMN || match == Match.NEXT_COLUMN) {
            columns.leaveColumn(cell);
        }
        return match;
    }

    @Override
    SeekKey hint(CellView cell) {
        return filter.hint(cell);
    }
}
