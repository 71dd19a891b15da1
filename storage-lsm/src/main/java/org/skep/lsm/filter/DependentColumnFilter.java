package org.skep.lsm.filter;

import java.util.Arrays;
import java.util.List;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellView;

/** Keeps cells that have the timestamp of a version of one column in the same row. */
public final class DependentColumnFilter extends CompareFilter {
    private final Column column;
    private final boolean drops;
    private long[] timestamps = new long[8];
    private int count;

    /**
     * Depends on the versions of a column whose values compare so.
     *
     * @param drops whether the column itself is left out
     * @param comparator null to depend on all versions
     */
    public DependentColumnFilter(
            byte[] family,
            byte[] qualifier,
            boolean drops,
            CompareOperator operator,
            ByteComparator comparator) {
        super(operator, comparator);
        column = new Column(family.clone(), qualifier.clone());
        this.drops = drops;
    }

    @Override
    public DependentColumnFilter fresh() {
        return new DependentColumnFilter(
                column.family(), column.qualifier(), drops, operator, comparator);
    }

    @Override
    public void reset() {
        count = 0;
    }

    @Override
    public Verdict decide(CellView cell) {
        if (!column.is(cell)) {
            return Verdict.INCLUDE;
        }
        if (comparator != null && !valueMatches(cell)) {
            return Verdict.SKIP;
        }
        if (count == timestamps.length) {
            timestamps = Arrays.copyOf(timestamps, 2 * count);
        }
        timestamps[count++] = cell.timestamp();
        return drops ? Verdict.SKIP : Verdict.INCLUDE;
    }

    @Override
    public boolean judgesRow() {
        return true;
    }

    @Override
    public void editRow(List<Cell> cells) {
        Arrays.sort(timestamps, 0, count);
        cells.removeIf(cell -> Arrays.binarySearch(timestamps, 0, count, cell.timestamp()) < 0);
    }
}
