package org.skep.storage;

import java.time.ZoneId;
import java.util.List;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.memory.MemoryPool;

/**
 * What a task wants of a split. Immutable, but for the services in it.
 *
 * @param layout how the files are to be understood
 * @param columns the wanted columns; batches have exactly these, in this order
 * @param ranges conditions that all matching rows fulfil
 * @param filters conditions that the reader applies to batches; cheaper ones first; may be empty
 * @param runtimeFilter conditions that come later
 * @param batchRows the most rows in a batch
 * @param zone the session's zone
 * @param damage told of values that became NULL because they could not be read as their type;
 *     (kind, count)
 */
public record ScanRequest(
        TableLayout layout,
        List<ScanColumn> columns,
        List<ColumnRange> ranges,
        List<BatchFilter> filters,
        RuntimeFilter runtimeFilter,
        int batchRows,
        ZoneId zone,
        CancelFlag cancelFlag,
        MemoryPool memory,
        java.util.function.LongConsumer damage) {
    /** Copies the lists. */
    public ScanRequest {
        columns = List.copyOf(columns);
        ranges = List.copyOf(ranges);
        filters = List.copyOf(filters);
    }
}
