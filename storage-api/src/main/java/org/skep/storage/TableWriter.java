package org.skep.storage;

import org.skep.types.vector.ColumnBatch;

/** Writes one file. Confined to one thread. Closing without {@link #finish} deletes the file. */
public interface TableWriter extends AutoCloseable {
    /**
     * Appends the rows of a batch, which has the layout's columns in their order, of any encoding.
     */
    void write(ColumnBatch batch);

    /** Bytes buffered and written so far, about; decides when to begin another file. */
    long bytesSoFar();

    /** Ends the file and tells about it; partition values are left empty. */
    WrittenFile finish();

    @Override
    void close();
}
