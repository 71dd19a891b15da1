package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Keeps cells whose values match. */
public final class ValueFilter extends CompareFilter {
    /** Keeps what compares so. */
    public ValueFilter(CompareOperator operator, ByteComparator comparator) {
        super(operator, comparator);
    }

    @Override
    public ValueFilter fresh() {
        return new ValueFilter(operator, comparator);
    }

    @Override
    public Verdict decide(CellView cell) {
        return valueMatches(cell) ? Verdict.INCLUDE : Verdict.SKIP;
    }
}
