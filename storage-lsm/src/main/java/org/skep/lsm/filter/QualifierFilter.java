package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Keeps columns whose qualifiers match. */
public final class QualifierFilter extends CompareFilter {
    /** Keeps what compares so. */
    public QualifierFilter(CompareOperator operator, ByteComparator comparator) {
        super(operator, comparator);
    }

    @Override
    public QualifierFilter fresh() {
        return new QualifierFilter(operator, comparator);
    }

    @Override
    public Verdict decide(CellView cell) {
        return qualifierMatches(cell) ? Verdict.INCLUDE : Verdict.SKIP;
    }
}
