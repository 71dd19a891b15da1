package org.skep.plan.stage;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a task knows of the statement that it is part of. Travels with each fragment. Immutable.
 *
 * @param queryId unique in the warehouse; letters, digits, {@code _} and {@code -}
 * @param zone the session's time zone, an id of java.time
 * @param instantMicros the one "now" of the statement, microseconds since the epoch
 * @param settings the session's settings that change results
 * @param memoryLimit bytes that the statement may hold in memory
 * @param spillDirectory where a task may put rows that do not fit in memory, or null if it may not
 * @param batchRows the most rows in a batch
 * @param strict damage to values fails the statement
 */
public record QueryContext(
        String queryId,
        String user,
        String database,
        String zone,
        long instantMicros,
        Map<String, String> settings,
        long memoryLimit,
        String spillDirectory,
        int batchRows,
        boolean strict) {
    /** Copies the map. */
    public QueryContext {
        settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
    }
}
