package org.skep.executor.task;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.skep.types.Datum;

/**
 * What joins have learned of their keys, by filter id, for the scans of the same task. Safe for use
 * by many threads.
 */
public final class RuntimeRanges {
    /** The least and the greatest key. */
    public record Range(Datum low, Datum high) {}

    private final Map<Integer, Range> ranges = new ConcurrentHashMap<>();

    /** Tells of the keys of a join. */
    public void tell(int filterId, Range range) {
        ranges.put(filterId, range);
    }

    /** What is known of a filter's keys, or null. */
    public Range range(int filterId) {
        return ranges.get(filterId);
    }
}
