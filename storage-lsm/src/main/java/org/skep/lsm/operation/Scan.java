package org.skep.lsm.operation;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.filter.Filter;

/**
 * Asks for the rows of a range, first to last or the other way round. Confined to one thread until
 * it is handed over.
 */
public final class Scan extends Query<Scan> {
    /** How files are read. */
    public enum ReadType {
        /** As the store thinks fit. */
        DEFAULT,
        /** Block by block, through the cache. */
        RANDOM,
        /** Reading ahead, past the cache. */
        STREAM
    }

    private static final byte[] EMPTY = {};

    private byte[] startRow = EMPTY;
    private boolean startIncluded = true;
    private byte[] stopRow = EMPTY;
    private boolean stopIncluded;
    private boolean reversed;
    private boolean raw;
    private int limit = -1;
    private int batch = -1;
    private long maxResultSize = -1;
    private ReadType readType = ReadType.DEFAULT;
    private long readPoint = -1;

    /** Asks for all rows. */
    public Scan() {}

    /** The same scan once more, to be changed. */
    public Scan(Scan other) {
        copyFrom(other);
        startRow = other.startRow;
        startIncluded = other.startIncluded;
        stopRow = other.stopRow;
        stopIncluded = other.stopIncluded;
        reversed = other.reversed;
        raw = other.raw;
        limit = other.limit;
        batch = other.batch;
        maxResultSize = other.maxResultSize;
        readType = other.readType;
        readPoint = other.readPoint;
    }

    @Override
    Scan self() {
        return this;
    }

    private static byte[] checkedBound(byte[] row) {
        if (row.length > CellLayout.MAX_ROW) {
            throw new IllegalArgumentException(
                    "Row length %d is > %d".formatted(row.length, CellLayout.MAX_ROW));
        }
        return row.clone();
    }

    /**
     * Begins with this row; empty for no bound.
     *
     * @throws IllegalArgumentException if it is longer than 32,767 bytes, as with every bound
     */
    public Scan startRow(byte[] row) {
        return startRow(row, true);
    }

    /** Begins with this row or, if it is not included, behind it in the order of the scan. */
    public Scan startRow(byte[] row, boolean included) {
        startRow = checkedBound(row);
        // Nothing is not a row that could be left out.
        startIncluded = included || row.length == 0;
        return this;
    }

    /** Ends before this row; empty for no bound. */
    public Scan stopRow(byte[] row) {
        return stopRow(row, false);
    }

    /** Ends with this row or, if it is not included, before it in the order of the scan. */
    public Scan stopRow(byte[] row, boolean included) {
        stopRow = checkedBound(row);
        stopIncluded = included;
        return this;
    }

    /** Asks for the rows that begin with a prefix; sets start and stop, also of a reversed scan. */
    public Scan prefix(byte[] prefix) {
        byte[] after = Bytes.afterPrefix(prefix);
        if (reversed) {
            // Behind the last row of the prefix there may be one that is just "after".
            return startRow(after, false).stopRow(prefix, true);
        }
        return startRow(prefix).stopRow(after);
    }

    /** Where the scan begins; empty for no bound. Not to be changed. */
    public byte[] startRow() {
        return startRow;
    }

    /** Whether the start row is in the range. */
    public boolean startIncluded() {
        return startIncluded;
    }

    /** Where the scan ends; empty for no bound. Not to be changed. */
    public byte[] stopRow() {
        return stopRow;
    }

    /** Whether the stop row is in the range. */
    public boolean stopIncluded() {
        return stopIncluded;
    }

    /** Gives rows last first; start is then the greater bound. Before {@link #prefix}. */
    public Scan reversed(boolean value) {
        reversed = value;
        return this;
    }

    /** Whether rows come last first. */
    public boolean reversed() {
        return reversed;
    }

    /** Returns markers, and what they hide, as far as they are still there. */
    public Scan raw(boolean value) {
        raw = value;
        return this;
    }

    /** Whether markers and what they hide are returned. */
    public boolean raw() {
        return raw;
    }

    /** Ends after so many rows; -1 for all. */
    public Scan limit(int rows) {
        limit = rows;
        return this;
    }

    /** How many rows are returned; -1 for all. */
    public int limit() {
        return limit;
    }

    /**
     * Returns at most so many cells in one result, so that a long row comes in several; -1 for
     * whole rows.
     *
     * @throws SkepException INVALID_OPTION if the filter judges whole rows
     */
    public Scan batch(int cells) {
        checkBatch(cells, maxResultSize, filter());
        batch = cells;
        return this;
    }

    @Override
    public Scan filter(Filter value) {
        checkBatch(batch, maxResultSize, value);
        return super.filter(value);
    }

    private static void checkBatch(int cells, long size, Filter filter) {
        if ((cells > 0 || size > 0) && filter != null && filter.judgesRow()) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot set batch on a scan using a filter that judges whole rows: "
                            + filter.getClass().getSimpleName());
        }
    }

    /** How many cells are in one result; -1 for whole rows. */
    public int batch() {
        return batch;
    }

    /**
     * Cuts a result after the cell with which it has this many bytes; -1 for whole rows. The rest
     * of the row follows in the next result.
     *
     * @throws SkepException INVALID_OPTION if the filter judges whole rows
     */
    public Scan maxResultSize(long bytes) {
        checkBatch(batch, bytes, filter());
        maxResultSize = bytes;
        return this;
    }

    /** After how many bytes a result is cut; -1 for whole rows. */
    public long maxResultSize() {
        return maxResultSize;
    }

    /** Sets how files are read. */
    public Scan readType(ReadType value) {
        readType = value;
        return this;
    }

    /** How files are read. */
    public ReadType readType() {
        return readType;
    }

    /**
     * Reads what was there at a sequence id that the store gave out and still holds, the same for
     * all regions; -1 for now.
     */
    public Scan readPoint(long sequence) {
        readPoint = sequence;
        return this;
    }

    /** The sequence id up to which writes are seen; -1 for that of now. */
    public long readPoint() {
        return readPoint;
    }
}
