package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/**
 * Keeps so many rows of each region. A scan over several regions must count again, or rather set
 * its limit.
 */
public final class PageFilter extends Filter {
    private final long rows;
    private long accepted;

    /** Keeps so many rows. */
    public PageFilter(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("Rows must not be negative: " + rows);
        }
        this.rows = rows;
    }

    @Override
    public PageFilter fresh() {
        return new PageFilter(rows);
    }

    @Override
    public boolean rejectsAllRemaining() {
        return accepted >= rows;
    }

    @Override
    public Verdict decide(CellView cell) {
        return Verdict.INCLUDE;
    }

    @Override
    public boolean judgesRow() {
        return true;
    }

    @Override
    public boolean rejectsRow() {
        accepted++;
        return accepted > rows;
    }
}
