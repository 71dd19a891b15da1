package org.skep.lsm.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.filter.Filter;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;

/**
 * Reads the rows of a region over several families as a {@link Scan} asks for them. Either {@link
 * #next} gives row after row as copies, or {@link #nextCell} gives cell after cell where it lies;
 * the two are not to be mixed. Families that a filter does not need are read with the others, not
 * on demand. Confined to one thread.
 */
public final class RegionScanner implements AutoCloseable {
    /** Where the cells of a family come from. */
    @FunctionalInterface
    public interface Sources {
        /**
         * Opens what may hold cells that the scan asks for, newest first; the scanner closes them.
         *
         * @param columns sorted; none for all
         */
        List<? extends CellSource> open(ColumnFamily family, Scan scan, byte[][] columns);
    }

    private final Scan scan;
    private final Filter filter;
    private final boolean judgesRow;
    private final StoreScanner[] stores;
    private final RowBuffer buffer = new RowBuffer();
    private final int batch;
    private final long maxSize;
    private final boolean reversed;
    private final byte[] stopRow;

    // The row that is being read.
    private byte[] row = new byte[64];
    private int rowLength;
    private int rowsLeft;
    private boolean over;
    // The store that nextCell() reads; -1 between rows.
    private int store = -1;
    private boolean startsRow;
    private boolean rowSeen;
    private long rows;

    private RegionScanner(Scan scan, Filter filter, StoreScanner[] stores) {
        this.scan = scan;
        this.filter = filter;
        this.stores = stores;
        judgesRow = filter != null && filter.judgesRow();
        batch = scan.batch() > 0 ? scan.batch() : Integer.MAX_VALUE;
        maxSize = scan.maxResultSize() > 0 ? scan.maxResultSize() : Long.MAX_VALUE;
        rowsLeft = scan.limit() > 0 ? scan.limit() : Integer.MAX_VALUE;
        reversed = scan.reversed() && !StoreScanner.isSingleRow(scan);
        stopRow = scan.stopRow();
    }

    /**
     * Begins a scan. If it fails, the sources opened so far are closed.
     *
     * @param families of the table, in the order of their names
     * @param readPoint sequence id up to which writes are seen
     * @param now milliseconds since 1970
     * @throws SkepException INVALID_OPTION if the scan asks for a family that is not there, or for
     *     columns of a raw scan
     */
    public static RegionScanner open(
            Scan scan,
            Collection<ColumnFamily> families,
            Sources sources,
            long readPoint,
            long now) {
        checkFamilies(scan, families);
        Filter filter = null;
        if (scan.filter() != null) {
            filter = scan.filter().fresh();
            filter.reversed(scan.reversed() && !StoreScanner.isSingleRow(scan));
        }
        List<StoreScanner> stores = new ArrayList<>(families.size());
        boolean complete = false;
        try {
            for (ColumnFamily family : families) {
                NavigableSet<byte[]> columns = null;
                if (!scan.families().isEmpty()) {
                    columns = scan.families().get(family.nameBytes());
                    if (columns == null) {
                        continue;
                    }
                }
                byte[][] wanted = columns == null ? new byte[0][] : columns.toArray(new byte[0][]);
                List<? extends CellSource> opened = sources.open(family, scan, wanted);
                if (opened.isEmpty()) {
                    continue;
                }
                stores.add(StoreScanner.user(family, opened, scan, filter, wanted, readPoint, now));
            }
            complete = true;
        } finally {
            if (!complete) {
                stores.forEach(StoreScanner::close);
            }
        }
        return new RegionScanner(scan, filter, stores.toArray(new StoreScanner[0]));
    }

    private static void checkFamilies(Scan scan, Collection<ColumnFamily> families) {
        for (byte[] name : scan.families().keySet()) {
            if (families.stream().noneMatch(f -> Arrays.equals(f.nameBytes(), name))) {
                throw new SkepException(
                        ErrorCode.INVALID_OPTION,
                        "Column family not found: "
                                + new String(name, java.nio.charset.StandardCharsets.UTF_8));
            }
            if (scan.raw() && !scan.families().get(name).isEmpty()) {
                throw new SkepException(
                        ErrorCode.INVALID_OPTION, "Cannot specify any column for a raw scan");
            }
        }
    }

    /** Reads one row. Parameters as for {@link #open}. */
    public static Result get(
            Get get, Collection<ColumnFamily> families, Sources sources, long readPoint, long now) {
        Scan scan = get.toScan();
        if (get.isExistenceOnly() && (get.filter() == null || !get.filter().judgesRow())) {
            scan.batch(1);
        }
        try (RegionScanner scanner = open(scan, families, sources, readPoint, now)) {
            Result result = scanner.next();
            return result == null ? Result.EMPTY : result;
        }
    }

    /** The scan that is answered. */
    public Scan scan() {
        return scan;
    }

    /** The next row or, if the scan has a batch or a size, part of a row; null at the end. */
    public Result next() {
        while (!over && toRow()) {
            if (filter != null && filtersRowKey()) {
                if (filter.rejectsAllRemaining()) {
                    break;
                }
                passRow();
                continue;
            }
            boolean more = collect();
            if (more) {
                countRow();
                return new Result(buffer.take(), true);
            }
            List<Cell> cells = finishRow();
            if (cells != null) {
                countRow();
            }
            rowSeen = false;
            if (rowsLeft == 0
                    || (cells != null && filter != null && filter.rejectsAllRemaining())) {
                over = true;
            }
            if (cells != null) {
                return new Result(cells, false);
            }
        }
        over = true;
        return null;
    }

    /** A row counts with the first that is seen of it: what is left of it may be hidden. */
    private void countRow() {
        if (!rowSeen) {
            rowSeen = true;
            rows++;
            rowsLeft--;
        }
    }

    /** How many rows were read, also in parts. */
    public long rows() {
        return rows;
    }

    /** Finds the next row that has any cell, also a hidden one; false if there is none. */
    private boolean toRow() {
        CellView first = null;
        for (StoreScanner each : stores) {
            CellView candidate = each.candidate();
            if (candidate != null
                    && (first == null
                            || (reversed
                                    ? CellOrder.compareRows(candidate, first) > 0
                                    : CellOrder.compareRows(candidate, first) < 0))) {
                first = candidate;
            }
        }
        if (first == null || behindStop(first)) {
            return false;
        }
        rowLength = first.rowLength();
        if (rowLength > row.length) {
            row = new byte[Math.max(rowLength, 2 * row.length)];
        }
        first.buffer().get(first.rowOffset(), row, 0, rowLength);
        return true;
    }

    private boolean behindStop(CellView first) {
        if (stopRow.length == 0) {
            return false;
        }
        int order = CellOrder.compareRows(stopRow, first);
        if (order == 0) {
            return !scan.stopIncluded();
        }
        return reversed ? order > 0 : order < 0;
    }

    private boolean atRow(CellView candidate) {
        return candidate != null
                && Bytes.equal(
                        row,
                        0,
                        rowLength,
                        candidate.buffer(),
                        candidate.rowOffset(),
                        candidate.rowLength());
    }

    private boolean filtersRowKey() {
        if (filter.rejectsAllRemaining()) {
            return true;
        }
        CellView first = null;
        for (StoreScanner each : stores) {
            CellView candidate = each.candidate();
            if (atRow(candidate)) {
                first = candidate;
                break;
            }
        }
        return filter.rejectsRowKey(first);
    }

    /** Leaves the current row, all families. */
    private void passRow() {
        boolean asks = filter != null && !reversed && filter.remembersCells();
        for (StoreScanner each : stores) {
            if (!atRow(each.candidate())) {
                continue;
            }
            if (asks) {
                if (!each.inRow()) {
                    each.startRow();
                }
                while (each.nextInRow()) {
                    each.settle();
                }
            }
            if (atRow(each.candidate())) {
                each.leaveRow();
            }
        }
        buffer.clear();
        if (filter != null) {
            filter.reset();
        }
    }

    /** Gathers cells of the row; true if it was cut and there is more. */
    private boolean collect() {
        for (StoreScanner each : stores) {
            if (!atRow(each.candidate())) {
                continue;
            }
            if (!each.inRow()) {
                each.startRow();
            }
            while (each.nextInRow()) {
                buffer.add(each.cell());
                if (buffer.size() >= batch || buffer.length() >= maxSize) {
                    if (!atRow(each.candidate())) {
                        each.endRow();
                    }
                    if (anyAtRow()) {
                        return true;
                    }
                    break;
                }
            }
        }
        return false;
    }

    private boolean anyAtRow() {
        for (StoreScanner each : stores) {
            if (atRow(each.candidate())) {
                return true;
            }
        }
        return false;
    }

    /** Asks the filter about the whole row; its cells, null if nothing is left. */
    private List<Cell> finishRow() {
        boolean empty = buffer.size() == 0;
        List<Cell> cells = null;
        if (!empty) {
            cells = buffer.take();
        }
        if (filter != null) {
            boolean rejected = empty;
            if (judgesRow) {
                List<Cell> left = empty ? new ArrayList<>() : new ArrayList<>(cells);
                filter.editRow(left);
                rejected |= !left.isEmpty() && filter.rejectsRow();
                rejected |= left.isEmpty();
                cells = left;
            } else {
                rejected |= !empty && filter.rejectsRow();
            }
            filter.reset();
            if (rejected) {
                return null;
            }
        }
        return cells;
    }

    /**
     * Moves to the next cell, family by family within a row; false at the end. Batch and size do
     * not matter then.
     *
     * @throws IllegalStateException if the filter judges whole rows
     */
    public boolean nextCell() {
        if (judgesRow) {
            throw new IllegalStateException("Filter judges whole rows: " + filter.getClass());
        }
        while (!over) {
            if (store < 0) {
                if (rowsLeft == 0 || !toRow()) {
                    break;
                }
                rowSeen = false;
                if (filter != null && filtersRowKey()) {
                    if (filter.rejectsAllRemaining()) {
                        break;
                    }
                    passRow();
                    continue;
                }
                store = 0;
            }
            if (nextCellInRow()) {
                startsRow = !rowSeen;
                countRow();
                return true;
            }
            store = -1;
            if (filter != null) {
                filter.reset();
            }
        }
        over = true;
        return false;
    }

    private boolean nextCellInRow() {
        for (; store < stores.length; store++) {
            StoreScanner each = stores[store];
            if (!each.inRow()) {
                // The only store is where the row was found.
                if (stores.length > 1 && !atRow(each.candidate())) {
                    continue;
                }
                each.startRow();
            }
            if (each.nextInRow()) {
                return true;
            }
        }
        return false;
    }

    /** The cell that {@link #nextCell} moved to, valid until the next move. */
    public CellView cell() {
        return stores[store].cell();
    }

    /** Whether {@link #cell} is the first of its row. */
    public boolean startsRow() {
        return startsRow;
    }

    @Override
    public void close() {
        over = true;
        for (StoreScanner each : stores) {
            each.close();
        }
    }
}
