package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Keeps the first cell of every row, to count rows. */
public final class FirstKeyOnlyFilter extends Filter {
    private boolean found;

    @Override
    public FirstKeyOnlyFilter fresh() {
        return new FirstKeyOnlyFilter();
    }

    @Override
    public void reset() {
        found = false;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public Verdict decide(CellView cell) {
        if (found) {
            return Verdict.NEXT_ROW;
        }
        found = true;
        return Verdict.INCLUDE;
    }
}
