package org.skep.executor.vector;

import java.util.List;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Rows kept as one long flat vector a column. Confined to one thread while rows are added. */
public final class RowBuffer {
    private final List<DataType> types;
    private ColumnVector[] columns;
    private int rows;

    /** An empty buffer of rows of these types. */
    public RowBuffer(List<DataType> types) {
        this.types = List.copyOf(types);
        columns = ColumnBatch.vectors(types, 64);
    }

    /** The types of the columns. */
    public List<DataType> types() {
        return types;
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** The vectors; only the first {@link #rows} positions count. */
    public ColumnVector[] columns() {
        return columns;
    }

    /** The vector of a column. */
    public ColumnVector column(int index) {
        return columns[index];
    }

    /** Appends the selected rows of a batch. */
    public void append(ColumnBatch batch) {
        append(batch.columns(), batch.selection());
    }

    /** Appends rows of vectors of any encoding. */
    public void append(ColumnVector[] vectors, Selection selection) {
        int count = selection.count();
        if (rows + count < 0) {
            throw new org.skep.base.error.SkepException(
                    org.skep.base.error.ErrorCode.MEMORY_LIMIT, "Too many rows in memory");
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].copyFrom(vectors[i], selection.positions(), 0, count, rows);
        }
        rows += count;
    }

    /** Forgets the rows and gives their memory up. */
    public void clear() {
        columns = ColumnBatch.vectors(types, 64);
        rows = 0;
    }

    /** Bytes on the heap. */
    public long retainedBytes() {
        long bytes = 0;
        for (ColumnVector column : columns) {
            bytes += column.retainedBytes();
        }
        return bytes;
    }
}
