package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Keeps rows whose keys match. */
public final class RowFilter extends CompareFilter {
    private boolean rejected;

    /** Keeps rows whose keys compare so. */
    public RowFilter(CompareOperator operator, ByteComparator comparator) {
        super(operator, comparator);
    }

    @Override
    public RowFilter fresh() {
        return new RowFilter(operator, comparator);
    }

    @Override
    public void reset() {
        rejected = false;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        rejected |= !rowMatches(first);
        return rejected;
    }

    @Override
    public Verdict decide(CellView cell) {
        return rejected ? Verdict.NEXT_ROW : Verdict.INCLUDE;
    }

    @Override
    public boolean rejectsRow() {
        return rejected;
    }
}
