package org.skep.columnar.parquet;

import org.apache.parquet.format.RowGroup;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Reads one wanted column of the row groups of a file. Confined to one thread. */
abstract class ColumnReader implements AutoCloseable {
    /** Goes to the first row of a row group. */
    abstract void open(RowGroup group);

    /** Passes over rows; the work is put off until rows are read. */
    abstract void skip(int rows);

    /**
     * Reads the next rows.
     *
     * @param wanted the rows, of the next {@code rows}, whose values are needed; the others may
     *     hold anything
     * @return a vector that is valid until the next call
     */
    abstract ColumnVector read(int rows, Selection wanted);

    /** Bytes read from the file so far. */
    abstract long bytesRead();

    @Override
    public abstract void close();
}
