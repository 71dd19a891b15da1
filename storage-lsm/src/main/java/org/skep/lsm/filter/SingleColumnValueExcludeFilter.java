package org.skep.lsm.filter;

import java.util.List;
import org.skep.lsm.cell.Cell;

/** Keeps rows as {@link SingleColumnValueFilter} does, but leaves out the column itself. */
public final class SingleColumnValueExcludeFilter extends SingleColumnValueFilter {
    /** Keeps rows whose column compares so. */
    public SingleColumnValueExcludeFilter(
            byte[] family, byte[] qualifier, CompareOperator operator, ByteComparator comparator) {
        super(family, qualifier, operator, comparator);
    }

    /** Keeps rows whose column compares so with a value. */
    public SingleColumnValueExcludeFilter(
            byte[] family, byte[] qualifier, CompareOperator operator, byte[] value) {
        super(family, qualifier, operator, value);
    }

    @Override
    public SingleColumnValueFilter fresh() {
        return copyTo(
                new SingleColumnValueExcludeFilter(
                        column.family(), column.qualifier(), operator, comparator));
    }

    @Override
    public void editRow(List<Cell> cells) {
        cells.removeIf(column::is);
    }
}
