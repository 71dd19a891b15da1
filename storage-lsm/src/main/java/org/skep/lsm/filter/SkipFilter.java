package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Leaves out a row altogether if another filter leaves out any of its cells. */
public final class SkipFilter extends Filter {
    private final Filter filter;
    private boolean rejected;

    /** Extends what a filter leaves out to whole rows. */
    public SkipFilter(Filter filter) {
        this.filter = filter;
    }

    @Override
    public SkipFilter fresh() {
        return new SkipFilter(filter.fresh());
    }

    @Override
    public void reversed(boolean value) {
        super.reversed(value);
        filter.reversed(value);
    }

    @Override
    public void reset() {
        filter.reset();
        rejected = false;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public Verdict decide(CellView cell) {
        Verdict verdict = filter.decide(cell);
        rejected |= verdict != Verdict.INCLUDE;
        return verdict;
    }

    @Override
    public CellView transform(CellView cell) {
        return filter.transform(cell);
    }

    @Override
    public boolean judgesRow() {
        return true;
    }

    @Override
    public boolean rejectsRow() {
        return rejected;
    }

    @Override
    public boolean remembersCells() {
        return filter.remembersCells();
    }
}
