package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Ends the scan as soon as another filter leaves out anything. */
public final class WhileMatchFilter extends Filter {
    private final Filter filter;
    private boolean over;

    /** Scans while a filter leaves out nothing. */
    public WhileMatchFilter(Filter filter) {
        this.filter = filter;
    }

    @Override
    public WhileMatchFilter fresh() {
        return new WhileMatchFilter(filter.fresh());
    }

    @Override
    public void reversed(boolean value) {
        super.reversed(value);
        filter.reversed(value);
    }

    @Override
    public void reset() {
        filter.reset();
    }

    @Override
    public boolean rejectsAllRemaining() {
        return over || filter.rejectsAllRemaining();
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        if (rejectsAllRemaining()) {
            return true;
        }
        boolean rejected = filter.rejectsRowKey(first);
        over |= rejected;
        return rejected;
    }

    @Override
    public Verdict decide(CellView cell) {
        Verdict verdict = filter.decide(cell);
        over |= verdict != Verdict.INCLUDE;
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
        boolean rejected = filter.rejectsRow();
        over |= rejected;
        return rejected;
    }

    @Override
    public boolean remembersCells() {
        return true;
    }
}
