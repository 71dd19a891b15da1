package org.skep.engine.result;

import org.skep.types.vector.ColumnBatch;

/** Rows on their way to whoever asked. Confined to one thread at a time. */
public interface BatchStream extends AutoCloseable {
    /**
     * The next batch, valid until the next call, or null at the end.
     *
     * @throws org.skep.base.error.SkepException if the statement fails or is cancelled
     */
    ColumnBatch next();

    /** Ends the statement, whether or not all rows were taken. */
    @Override
    void close();
}
