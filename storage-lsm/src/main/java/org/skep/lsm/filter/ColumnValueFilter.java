package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Keeps of every row one column alone, and of that the versions whose values match. */
public final class ColumnValueFilter extends CompareFilter {
    private final Column column;
    private boolean found;

    /** Keeps what compares so. */
    public ColumnValueFilter(
            byte[] family, byte[] qualifier, CompareOperator operator, ByteComparator comparator) {
        super(operator, comparator);
        column = new Column(family.clone(), qualifier.clone());
    }

    @Override
    public ColumnValueFilter fresh() {
        return new ColumnValueFilter(column.family(), column.qualifier(), operator, comparator);
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
        if (!column.is(cell)) {
            return found ? Verdict.NEXT_ROW : Verdict.NEXT_COLUMN;
        }
        found = true;
        return valueMatches(cell) ? Verdict.INCLUDE : Verdict.SKIP;
    }
}
