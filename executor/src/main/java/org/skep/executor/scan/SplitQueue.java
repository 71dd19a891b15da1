package org.skep.executor.scan;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.plan.stage.ScanSplit;

/**
 * The splits of a scan, taken one by one by the tasks that share it, so that who is done early
 * takes more. Safe for use by many threads.
 */
public final class SplitQueue {
    private final List<ScanSplit> splits;
    private final AtomicInteger next = new AtomicInteger();

    /** All splits, in the order in which they are to be read. */
    public SplitQueue(List<ScanSplit> splits) {
        this.splits = List.copyOf(splits);
    }

    /** How many splits there are in all. */
    public int size() {
        return splits.size();
    }

    /** The next split, or null if there is none left. */
    public ScanSplit take() {
        int index = next.getAndIncrement();
        return index < splits.size() ? splits.get(index) : null;
    }
}
