package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/**
 * Keeps rows in which the value of one column matches. Without other arguments only its newest
 * version counts, and rows without the column are kept. A scan for certain columns must ask for
 * this one, too.
 */
public class SingleColumnValueFilter extends CompareFilter {
    final Column column;
    private boolean rejectsMissing;
    private boolean newestOnly = true;
    private boolean found;
    private boolean matched;

    /** Keeps rows whose column compares so. */
    public SingleColumnValueFilter(
            byte[] family, byte[] qualifier, CompareOperator operator, ByteComparator comparator) {
        super(operator, comparator);
        column = new Column(family.clone(), qualifier.clone());
    }

    /** Keeps rows whose column compares so with a value. */
    public SingleColumnValueFilter(
            byte[] family, byte[] qualifier, CompareOperator operator, byte[] value) {
        this(family, qualifier, operator, new BinaryComparator(value.clone()));
    }

    /** Leaves out rows that have no such column. */
    public final SingleColumnValueFilter rejectMissing() {
        rejectsMissing = true;
        return this;
    }

    /** Lets older versions of the column match, too. */
    public final SingleColumnValueFilter anyVersion() {
        newestOnly = false;
        return this;
    }

    @Override
    public SingleColumnValueFilter fresh() {
        return copyTo(
                new SingleColumnValueFilter(
                        column.family(), column.qualifier(), operator, comparator));
    }

    final SingleColumnValueFilter copyTo(SingleColumnValueFilter copy) {
        copy.rejectsMissing = rejectsMissing;
        copy.newestOnly = newestOnly;
        return copy;
    }

    @Override
    public final void reset() {
        found = false;
        matched = false;
    }

    @Override
    public final boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public final Verdict decide(CellView cell) {
        if (matched) {
            return Verdict.INCLUDE;
        }
        if (newestOnly && found) {
            return Verdict.NEXT_ROW;
        }
        if (!column.is(cell)) {
            return Verdict.INCLUDE;
        }
        found = true;
        matched = valueMatches(cell);
        return matched || !newestOnly ? Verdict.INCLUDE : Verdict.NEXT_ROW;
    }

    @Override
    public final boolean judgesRow() {
        return true;
    }

    @Override
    public final boolean rejectsRow() {
        return found ? !matched : rejectsMissing;
    }
}
