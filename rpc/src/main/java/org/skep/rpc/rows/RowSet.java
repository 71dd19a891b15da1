package org.skep.rpc.rows;

import java.util.List;

/** Some consecutive rows of a result, column by column. Immutable. */
public final class RowSet {
    private final long startRow;
    private final int rowCount;
    private final List<ColumnBlock> columns;

    /**
     * Rows of a result.
     *
     * @param startRow the number of rows of the result before these
     * @param columns all with the same number of rows
     */
    public RowSet(long startRow, List<? extends ColumnBlock> columns) {
        this.startRow = startRow;
        this.columns = List.copyOf(columns);
        this.rowCount = columns.isEmpty() ? 0 : columns.get(0).rowCount();
        for (ColumnBlock column : columns) {
            if (column.rowCount() != rowCount) {
                throw new IllegalArgumentException(
                        "Columns differ in rows: " + rowCount + " and " + column.rowCount());
            }
        }
    }

    /** The number of rows of the result before these. */
    public long startRow() {
        return startRow;
    }

    /** The number of rows; 0 says that the result has ended. */
    public int rowCount() {
        return rowCount;
    }

    /** Whether there are no rows, which says that the result has ended. */
    public boolean isEmpty() {
        return rowCount == 0;
    }

    /** The blocks in the order of the schema. */
    public List<ColumnBlock> columns() {
        return columns;
    }

    /** The block of a column, counted from 0. */
    public ColumnBlock column(int index) {
        return columns.get(index);
    }

    @Override
    public String toString() {
        return "RowSet[startRow=" + startRow + ", " + columns + "]";
    }
}
