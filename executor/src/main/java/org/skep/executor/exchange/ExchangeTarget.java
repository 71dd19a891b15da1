package org.skep.executor.exchange;

import java.util.List;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;

/** Where a task sends its batches. Safe for use by many threads, each for its own sender. */
public interface ExchangeTarget {
    /** The types of the columns. */
    List<DataType> types();

    /** How many partitions rows are dealt out to. */
    int partitions();

    /** Takes over a batch whose vectors nobody else uses. */
    void put(int sender, int partition, ColumnBatch batch);
}
