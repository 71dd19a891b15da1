package org.skep.executor.exchange;

import java.util.List;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;

/** What a task reads of another stage, all of which has been sent. Safe for use by many threads. */
public interface ExchangeSource {
    /** The types of the columns. */
    List<DataType> types();

    /** Whether all tasks read the same rows. */
    boolean isShared();

    /** How many tasks sent. */
    int senders();

    /**
     * The batch at {@code index} of what a sender sent to a partition, or null if there is none.
     * Unless the source is shared, a batch can be had once.
     */
    ColumnBatch get(int sender, int partition, int index);
}
