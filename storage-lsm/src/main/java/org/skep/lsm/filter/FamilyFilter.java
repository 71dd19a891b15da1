package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Keeps families whose names match. */
public final class FamilyFilter extends CompareFilter {
    /** Keeps what compares so. */
    public FamilyFilter(CompareOperator operator, ByteComparator comparator) {
        super(operator, comparator);
    }

    @Override
    public FamilyFilter fresh() {
        return new FamilyFilter(operator, comparator);
    }

    @Override
    public Verdict decide(CellView cell) {
        return familyMatches(cell) ? Verdict.INCLUDE : Verdict.NEXT_ROW;
    }
}
