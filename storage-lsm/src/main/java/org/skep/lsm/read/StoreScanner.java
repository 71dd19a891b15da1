package org.skep.lsm.read;

import java.util.List;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.filter.Filter;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.operation.TimeRange;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.KeepDeletedCells;

/**
 * Reads the cells of one family that a get, a scan, a flush or a compaction sees: merges the
 * sources, then applies deletes, versions, times to live and the filter. {@link #next} gives cell
 * after cell without copies; {@link RegionScanner} goes row by row instead. Confined to one thread.
 */
public final class StoreScanner implements AutoCloseable {
    private static final int NEAR = 1;

    /** What remains to be done to leave the cell that was given last. */
    private enum Owed {
        NOTHING,
        NEXT,
        NEXT_COLUMN,
        NEXT_ROW
    }

    private final Candidates candidates;
    private final Matcher matcher;
    private final Filter filter;
    private final boolean singleRow;
    private final boolean reversed;
    private final int limit;
    private final int skipped;
    private final SeekKey key = SeekKey.lastOfRow(new byte[] {0});
    private final Qualifier passed = new Qualifier();

    private boolean inRow;
    private boolean startsRow;
    private boolean over;
    private int count;
    private Owed owed = Owed.NOTHING;
    private CellView cell;
    // Whether a put of a new column is always seen; and whether it makes sense to look for such
    // ones in this row, without asking the matcher.
    private boolean plain;
    private boolean quick;
    // Whether older versions of a column are never seen behind one that every reader sees.
    private boolean oneVersion;
    // Whether the order of writing counts.
    private boolean ordered;
    // Whether the matcher was not told of the cell that was given last.
    private boolean untold;

    private StoreScanner(
            Candidates candidates,
            Matcher matcher,
            Filter filter,
            boolean singleRow,
            boolean reversed,
            int limit,
            int skipped) {
        this.candidates = candidates;
        this.matcher = matcher;
        this.filter = filter;
        this.singleRow = singleRow;
        this.reversed = reversed;
        this.limit = limit;
        this.skipped = skipped;
    }

    /**
     * Begins a user's scan of one family.
     *
     * @param sources newest first; closed with the scanner
     * @param filter of this scan of the region alone; null for none
     * @param columns sorted; none for all
     * @param readPoint sequence id up to which writes are seen
     * @param now milliseconds since 1970
     */
    public static StoreScanner user(
            ColumnFamily family,
            List<? extends CellSource> sources,
            Scan scan,
            Filter filter,
            byte[][] columns,
            long readPoint,
            long now) {
        byte[] name = family.nameBytes();
        TimeRange range = scan.timeRange(name);
        boolean raw = scan.raw();
        long oldest = raw ? 0 : now - family.ttlMillis();
        int wanted = raw ? scan.versions() : Math.min(scan.versions(), family.maxVersions());
        int checked = wanted;
        if (filter != null) {
            checked = raw ? Integer.MAX_VALUE : family.maxVersions();
        }
        Columns tracker;
        Deletes deletes;
        if (family.newVersionBehavior() && !raw) {
            WriteOrder order =
                    WriteOrder.reading(
                            columns,
                            family.minVersions(),
                            family.maxVersions(),
                            wanted,
                            oldest,
                            now);
            tracker = order;
            deletes = order;
        } else {
            tracker =
                    columns.length == 0
                            ? new AllColumns(family.minVersions(), checked, oldest)
                            : new ChosenColumns(columns, family.minVersions(), checked, oldest);
            deletes = new DeletesByTimestamp();
        }
        UserMatcher matcher =
                new UserMatcher(
                        tracker,
                        deletes,
                        now,
                        raw,
                        filter,
                        range,
                        family.keepDeletedCells() != KeepDeletedCells.FALSE,
                        wanted);
        boolean single = isSingleRow(scan);
        Candidates candidates;
        if (scan.reversed() && !single) {
            ReverseMerger merger = new ReverseMerger(sources, readPoint);
            begin(merger, () -> merger.start(scan.startRow(), scan.startIncluded()));
            candidates = merger;
        } else {
            SeekKey start =
                    scan.startIncluded()
                            ? SeekKey.firstOfRow(scan.startRow())
                            : SeekKey.lastOfRow(scan.startRow());
            MergingSource merger = new MergingSource(sources, readPoint, readPoint, checked == 1);
            begin(merger, () -> merger.seek(start));
            candidates = merger;
        }
        StoreScanner scanner =
                new StoreScanner(
                        candidates,
                        matcher,
                        filter,
                        single,
                        scan.reversed() && !single,
                        scan.maxCellsPerFamily(),
                        scan.cellOffsetPerFamily());
        scanner.ordered = family.newVersionBehavior();
        scanner.plain =
                columns.length == 0
                        && !family.newVersionBehavior()
                        && family.ttlMillis() == ColumnFamily.FOREVER
                        && !raw
                        && filter == null
                        && range.all()
                        && scan.maxCellsPerFamily() < 0
                        && scan.cellOffsetPerFamily() == 0;
        scanner.oneVersion = checked == 1;
        return scanner;
    }

    // The sources hold memory, which nobody else gives back if the first step fails.
    private static void begin(Candidates candidates, Runnable seek) {
        boolean begun = false;
        try {
            seek.run();
            begun = true;
        } finally {
            if (!begun) {
                candidates.close();
            }
        }
    }

    /** Whether a scan is of one row; it is read forward then, also if it is a reversed one. */
    static boolean isSingleRow(Scan scan) {
        return scan.startIncluded()
                && scan.stopIncluded()
                && scan.startRow().length > 0
                && java.util.Arrays.equals(scan.startRow(), scan.stopRow());
    }

    /**
     * Begins the scan of a flush or a compaction.
     *
     * @param sources newest first; closed with the scanner
     * @param smallestReadPoint no reader sees less than the writes up to this
     * @param earliestPut the least timestamp of a put in the sources; {@link Long#MIN_VALUE} if it
     *     is not known
     * @param timeToPurge milliseconds after their timestamps for which markers are kept
     * @param now milliseconds since 1970
     */
    public static StoreScanner compaction(
            ColumnFamily family,
            List<? extends CellSource> sources,
            CompactionKind kind,
            long smallestReadPoint,
            long earliestPut,
            long timeToPurge,
            long now) {
        long oldest = now - family.ttlMillis();
        Columns tracker;
        Deletes deletes;
        if (family.newVersionBehavior() && family.keepDeletedCells() != KeepDeletedCells.FALSE) {
            WriteHistory history =
                    new WriteHistory(family.minVersions(), family.maxVersions(), oldest);
            tracker = history;
            deletes = history;
        } else if (family.newVersionBehavior()) {
            WriteOrder order =
                    WriteOrder.compacting(family.minVersions(), family.maxVersions(), oldest, now);
            tracker = order;
            deletes = order;
        } else {
            tracker = new AllColumns(family.minVersions(), family.maxVersions(), oldest);
            deletes = new DeletesByTimestamp();
        }
        CompactionMatcher matcher =
                new CompactionMatcher(
                        tracker,
                        deletes,
                        now,
                        kind == CompactionKind.DROP_DELETES,
                        family.newVersionBehavior(),
                        family.keepDeletedCells(),
                        smallestReadPoint,
                        earliestPut,
                        oldest,
                        timeToPurge);
        boolean oneVersion = family.maxVersions() == 1;
        MergingSource merger =
                new MergingSource(sources, Long.MAX_VALUE, smallestReadPoint, oneVersion);
        begin(merger, () -> merger.seek(SeekKey.firstOfRow(new byte[0])));
        StoreScanner scanner = new StoreScanner(merger, matcher, null, false, false, -1, 0);
        scanner.plain = !family.newVersionBehavior() && family.ttlMillis() == ColumnFamily.FOREVER;
        scanner.oneVersion = oneVersion;
        return scanner;
    }

    /**
     * Moves to the next cell that is seen; false at the end. Filters that reject whole rows are not
     * asked.
     */
    public boolean next() {
        startsRow = !inRow;
        while (true) {
            if (inRow && nextInRow()) {
                return true;
            }
            if (candidate() == null) {
                return false;
            }
            startRow();
            startsRow = true;
        }
    }

    /**
     * Moves to the next cell if it is known at once to be seen and to be a put, without tags, of a
     * later column of the same row. False says nothing: {@link #next} is to be asked.
     */
    public boolean nextColumn() {
        if (!quick || owed != Owed.NEXT || !matcher.deletes.isEmpty()) {
            return false;
        }
        switch (candidates.nextColumn()) {
            case MOVED -> {
                untold = true;
                count++;
                cell = candidates.cell();
                return true;
            }
            case LEFT -> {
                untold = false;
                owed = Owed.NOTHING;
            }
            case STAYED -> {}
        }
        // Most likely there are more versions, of the next columns too.
        quick = false;
        return false;
    }

    /** The current cell, valid until the scanner is moved. */
    public CellView cell() {
        return cell;
    }

    /** Whether the cell that {@link #next} moved to is the first that is seen of its row. */
    public boolean startsRow() {
        return startsRow;
    }

    /** The cell to be looked at next, which may be hidden; null at the end. */
    CellView candidate() {
        settle();
        return over ? null : candidates.cell();
    }

    /** Begins the row of the candidate. */
    void startRow() {
        matcher.startRow(candidates.cell());
        inRow = true;
        // Rows of one column are not worth the question; this one is most likely as the last one.
        quick =
                plain
                        && (count > 1 || singleRow)
                        && (oneVersion ? candidates.join() : candidates.isAlone());
        count = 0;
    }

    /**
     * Moves to the next cell that is seen in the row; false if there is none, and then stands
     * behind the row.
     */
    boolean nextInRow() {
        if (nextColumn()) {
            return true;
        }
        settle();
        while (inRow) {
            CellView at = over ? null : candidates.cell();
            if (at == null) {
                inRow = false;
                break;
            }
            Match match = matcher.match(at);
            switch (match) {
                case INCLUDE, INCLUDE_AND_NEXT_COLUMN, INCLUDE_AND_NEXT_ROW -> {
                    owed =
                            switch (match) {
                                case INCLUDE_AND_NEXT_COLUMN -> Owed.NEXT_COLUMN;
                                case INCLUDE_AND_NEXT_ROW -> Owed.NEXT_ROW;
                                default -> Owed.NEXT;
                            };
                    if (counted()) {
                        cell = filter == null ? at : filter.transform(at);
                        return true;
                    }
                    settle();
                }
                case SKIP -> candidates.next();
                case NEXT_COLUMN -> leaveColumn();
                case NEXT_ROW -> leaveRow();
                case SEEK_HINT -> {
                    SeekKey hint = matcher.hint(at);
                    if (hint == null || standsBeforeMarkers(at, hint) || !seekHint(at, hint)) {
                        candidates.next();
                    }
                }
                case OTHER_ROW -> {
                    inRow = false;
                    over |= singleRow;
                }
                case DONE -> {
                    inRow = false;
                    over = true;
                }
            }
        }
        return false;
    }

    /** Counts a cell of the row; false if it is one of those that the scan leaves out. */
    private boolean counted() {
        count++;
        if (count <= skipped) {
            return false;
        }
        if (limit > -1 && count >= limit + skipped) {
            owed = Owed.NEXT_ROW;
        }
        return true;
    }

    /**
     * Whether there may be markers of the family between a cell and the hint, among the cells of
     * the column without a name. By timestamp alone they are passed by, as HBase does.
     */
    private boolean standsBeforeMarkers(CellView at, SeekKey hint) {
        return ordered && at.qualifierLength() == 0 && at.sameRow(hint.view());
    }

    private boolean seekHint(CellView at, SeekKey hint) {
        int order = org.skep.lsm.cell.CellOrder.compareKeys(hint.view(), at);
        if (reversed ? order >= 0 : order <= 0) {
            return false;
        }
        candidates.advance(hint);
        return true;
    }

    /** Leaves the cell that was given last; it is not valid any more. */
    void settle() {
        if (untold) {
            untold = false;
            matcher.columns.checkVersion(candidates.cell(), false);
        }
        switch (owed) {
            case NOTHING -> {}
            case NEXT -> candidates.next();
            case NEXT_COLUMN -> leaveColumn();
            case NEXT_ROW -> leaveRow();
        }
        owed = Owed.NOTHING;
    }

    /** Leaves the row at once; the candidate must be of this row. */
    void leaveRow() {
        owed = Owed.NOTHING;
        inRow = false;
        if (singleRow) {
            over = true;
        } else {
            candidates.nextRow();
        }
    }

    /** Tells that the candidate is of another row. */
    void endRow() {
        inRow = false;
    }

    private void leaveColumn() {
        CellView at = candidates.cell();
        if (at.qualifierLength() == 0) {
            // Markers of the family are among the cells of the column without a name.
            nextKey(at);
            return;
        }
        byte[] wanted = matcher.columns.nextColumn();
        if (wanted == null) {
            // Mostly there are few versions more, which are passed sooner than looked for.
            passed.set(at);
            int steps = NEAR;
            boolean more = candidates.next();
            while (more && passed.is(candidates.cell()) && matcher.inRow(candidates.cell())) {
                if (--steps < 0) {
                    key.moveToLastOfColumn(candidates.cell());
                    candidates.advance(key);
                    return;
                }
                more = candidates.next();
            }
            return;
        } else if (ChosenColumns.compare(wanted, at) > 0) {
            key.moveToColumn(at, wanted);
        } else {
            candidates.next();
            return;
        }
        candidates.advance(key);
    }

    /** Passes by all cells that are equal but for their sequence ids. */
    private void nextKey(CellView at) {
        long timestamp = at.timestamp();
        int type = at.type();
        passed.set(at);
        boolean more = candidates.next();
        while (more
                && candidates.cell().timestamp() == timestamp
                && candidates.cell().type() == type
                && passed.is(candidates.cell())
                && matcher.inRow(candidates.cell())) {
            more = candidates.next();
        }
    }

    /** Whether the scanner is within a row, and so goes on in it. */
    boolean inRow() {
        return inRow;
    }

    @Override
    public void close() {
        over = true;
        candidates.close();
    }
}
