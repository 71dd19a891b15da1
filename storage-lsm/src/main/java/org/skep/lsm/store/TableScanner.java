package org.skep.lsm.store;

import java.util.Arrays;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.operation.Isolation;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionClosedException;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.host.HostedRegion;
import org.skep.lsm.store.host.Hosting;
import org.skep.lsm.wal.Mvcc;

/**
 * Reads the rows of a table over all its regions, as they were at one moment: writes that come
 * after it was opened are not seen in any region, and a split meanwhile does not matter. Either
 * {@link #next} gives row after row as copies, or {@link #nextCell} gives cell after cell where it
 * lies; the two are not to be mixed. Holds memory and files until it is closed. Confined to one
 * thread.
 */
public final class TableScanner implements AutoCloseable {
    private final Hosting hosting;
    private final TableName table;
    private final Scan scan;
    private final Mvcc.Pin pin;

    private Region.Rows current;
    // The bounds of the region that is being read, or was read last.
    private byte[] regionStart;
    private byte[] regionStop;
    private boolean begun;
    private boolean over;
    private boolean closed;
    private long rowsLeft;

    TableScanner(Hosting hosting, TableName table, Scan scan) {
        this.hosting = hosting;
        this.table = table;
        pin = hosting.pin();
        this.scan = new Scan(scan);
        if (this.scan.readPoint() < 0 && scan.isolation() == Isolation.READ_COMMITTED) {
            this.scan.readPoint(pin.readPoint());
        }
        rowsLeft = scan.limit() > 0 ? scan.limit() : Long.MAX_VALUE;
    }

    /**
     * The next row or, if the scan has a batch or a size, part of a row; null at the end.
     *
     * @throws org.skep.base.error.SkepException TABLE_NOT_FOUND if the table was dropped before the
     *     scan came to its region; RUNTIME_ERROR if it was disabled; INVALID_OPTION if a family of
     *     the scan does not exist; MEMORY_LIMIT; CORRUPT_FILE naming file and offset; IO_ERROR
     * @throws IllegalStateException if the scanner is closed
     */
    public Result next() {
        while (toRegion()) {
            Result result = current.next();
            if (result != null) {
                return result;
            }
            leaveRegion();
        }
        return null;
    }

    /**
     * Moves to the next cell, family by family within a row; false at the end.
     *
     * @throws org.skep.base.error.SkepException as {@link #next}
     * @throws IllegalStateException if the scanner is closed
     */
    public boolean nextCell() {
        while (toRegion()) {
            if (current.scanner().nextCell()) {
                return true;
            }
            leaveRegion();
        }
        return false;
    }

    /** The cell that {@link #nextCell} moved to, valid until the next move. */
    public CellView cell() {
        return current.scanner().cell();
    }

    /** Whether {@link #cell} is the first of its row. */
    public boolean startsRow() {
        return current.scanner().startsRow();
    }

    private boolean toRegion() {
        if (closed) {
            throw new IllegalStateException("Scanner is closed");
        }
        hosting.checkOpen();
        if (current == null && !over) {
            open();
        }
        return !over;
    }

    private void open() {
        Scan part = new Scan(scan);
        if (rowsLeft < Integer.MAX_VALUE) {
            part.limit((int) rowsLeft);
        }
        if (begun) {
            part.startRow(scan.reversed() ? regionStart : regionStop, !scan.reversed());
        }
        while (current == null) {
            HostedRegion region = begun ? findNext() : findFirst();
            try {
                current = region.region().scanner(part);
                regionStart = region.info().startRow();
                regionStop = region.info().stopRow();
                begun = true;
            } catch (RegionClosedException e) {
                Thread.onSpinWait();
            }
        }
    }

    private HostedRegion findFirst() {
        byte[] start = scan.startRow();
        return scan.reversed() && (start.length == 0 || !scan.startIncluded())
                ? hosting.findBefore(table, start)
                : hosting.find(table, start);
    }

    // The regions may have changed: what counts is where the last one ended.
    private HostedRegion findNext() {
        return scan.reversed()
                ? hosting.findBefore(table, regionStart)
                : hosting.find(table, regionStop);
    }

    private void leaveRegion() {
        rowsLeft -= current.scanner().rows();
        current.close();
        current = null;
        over = rowsLeft <= 0 || (scan.reversed() ? endsAt(regionStart) : endsAt(regionStop));
    }

    // Whether nothing is wanted beyond the bound of a region.
    private boolean endsAt(byte[] bound) {
        if (bound.length == 0) {
            return true;
        }
        byte[] stop = scan.stopRow();
        if (stop.length == 0) {
            return false;
        }
        int order = Arrays.compareUnsigned(stop, bound);
        if (scan.reversed()) {
            return order >= 0;
        }
        return order < 0 || (order == 0 && !scan.stopIncluded());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            over = true;
            try {
                if (current != null) {
                    current.close();
                }
            } finally {
                pin.close();
            }
        }
    }
}
