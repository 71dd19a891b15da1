package org.skep.lsm.filter;

import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps columns whose qualifiers lie in a range. */
public final class ColumnRangeFilter extends Filter implements HintingFilter {
    private final byte[] least;
    private final boolean leastIncluded;
    private final byte[] greatest;
    private final boolean greatestIncluded;
    private final ColumnHint hint = new ColumnHint();

    /**
     * Keeps columns of a range.
     *
     * @param least null for no bound
     * @param greatest null for no bound
     */
    public ColumnRangeFilter(
            byte[] least, boolean leastIncluded, byte[] greatest, boolean greatestIncluded) {
        this.least = least == null ? null : least.clone();
        this.leastIncluded = leastIncluded;
        this.greatest = greatest == null ? null : greatest.clone();
        this.greatestIncluded = greatestIncluded;
    }

    @Override
    public ColumnRangeFilter fresh() {
        return new ColumnRangeFilter(least, leastIncluded, greatest, greatestIncluded);
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    private static int compare(byte[] qualifier, CellView cell) {
        return Bytes.compare(
                qualifier,
                0,
                qualifier.length,
                cell.buffer(),
                cell.qualifierOffset(),
                cell.qualifierLength());
    }

    @Override
    public Verdict decide(CellView cell) {
        if (least != null) {
            int order = compare(least, cell);
            if (order > 0) {
                return Verdict.SEEK_HINT;
            }
            if (order == 0 && !leastIncluded) {
                return Verdict.NEXT_COLUMN;
            }
        }
        if (greatest == null) {
            return Verdict.INCLUDE;
        }
        int order = compare(greatest, cell);
        return order > 0 || (order == 0 && greatestIncluded) ? Verdict.INCLUDE : Verdict.NEXT_ROW;
    }

    @Override
    public SeekKey hint(CellView cell) {
        return least == null ? null : hint.at(cell, least);
    }
}
