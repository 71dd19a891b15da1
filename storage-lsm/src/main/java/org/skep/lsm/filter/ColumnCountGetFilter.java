package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Keeps so many columns of a row, one version of each; for gets. */
public final class ColumnCountGetFilter extends Filter {
    private final int limit;
    private int count;

    /** Keeps so many columns. */
    public ColumnCountGetFilter(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("Limit must not be negative: " + limit);
        }
        this.limit = limit;
    }

    @Override
    public ColumnCountGetFilter fresh() {
        return new ColumnCountGetFilter(limit);
    }

    @Override
    public void reset() {
        count = 0;
    }

    @Override
    public boolean rejectsAllRemaining() {
        return count > limit;
    }

    @Override
    public Verdict decide(CellView cell) {
        count++;
        return count > limit ? Verdict.NEXT_COLUMN : Verdict.INCLUDE_AND_NEXT_COLUMN;
    }
}
