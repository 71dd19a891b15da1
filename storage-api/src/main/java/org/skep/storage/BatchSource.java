package org.skep.storage;

import org.skep.types.vector.ColumnBatch;

/** Batches, pulled one after the other. Confined to one thread. */
public interface BatchSource extends AutoCloseable {
    /**
     * The next batch (it may have no rows selected), or null at the end. It is valid until the next
     * call.
     */
    ColumnBatch next();

    /** What was read and skipped so far. */
    ScanStatistics statistics();

    @Override
    void close();
}
