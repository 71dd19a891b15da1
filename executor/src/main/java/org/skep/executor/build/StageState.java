package org.skep.executor.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.skep.base.concurrent.CancelFlag;
import org.skep.executor.exchange.ExchangeSource;
import org.skep.executor.scan.SplitQueue;
import org.skep.executor.task.OperatorStatistics;
import org.skep.plan.stage.ScanSplit;

/**
 * What the tasks of one stage share within a process: splits to be read, exchanges to read from,
 * hash tables built once, and statistics. Safe for use by many threads; {@link #close} gives the
 * memory of the hash tables back.
 */
public final class StageState implements AutoCloseable {
    private final String stage;
    private final int tasks;
    private final CancelFlag stop;
    private final Map<Integer, SplitQueue> queues = new HashMap<>();
    private final Function<String, ? extends ExchangeSource> exchanges;
    private final Map<Integer, OperatorStatistics> statistics = new ConcurrentHashMap<>();
    private final Map<Integer, Shared> shared = new ConcurrentHashMap<>();

    /**
     * The state of a stage.
     *
     * @param splits by scan id
     * @param exchanges finds the exchange that another stage filled for this one
     */
    public StageState(
            String stage,
            int tasks,
            CancelFlag stop,
            Map<Integer, List<ScanSplit>> splits,
            Function<String, ? extends ExchangeSource> exchanges) {
        this.stage = stage;
        this.tasks = tasks;
        this.stop = stop;
        this.exchanges = exchanges;
        splits.forEach((scan, list) -> queues.put(scan, new SplitQueue(list)));
    }

    /** Something that is made once by whichever task comes first; the others wait. */
    private static final class Shared {
        private AutoCloseable value;
        private boolean failed;
    }

    /** How many tasks share this. */
    public int tasks() {
        return tasks;
    }

    /** The splits of a scan. */
    SplitQueue splits(int scanId) {
        SplitQueue queue = queues.get(scanId);
        if (queue == null) {
            throw new IllegalStateException("No splits for scan " + scanId);
        }
        return queue;
    }

    /** What the stage of that name sent to this one. */
    ExchangeSource exchange(String sender) {
        return exchanges.apply(sender);
    }

    /** The statistics of the operator at an index. */
    OperatorStatistics statistics(int index, String name) {
        return statistics.computeIfAbsent(index, key -> new OperatorStatistics(stage, key, name));
    }

    /** All statistics, by index. */
    public Collection<OperatorStatistics> allStatistics() {
        return new ArrayList<>(new TreeMap<>(statistics).values());
    }

    /** The one value for the operator at {@code index}, made by {@code maker} if need be. */
    <T extends AutoCloseable> T once(int index, Class<T> type, Supplier<T> maker) {
        Shared slot = shared.computeIfAbsent(index, key -> new Shared());
        // The maker never waits for another task, so waiting for it cannot last for ever.
        synchronized (slot) {
            if (slot.failed) {
                stop.check();
                throw new IllegalStateException("Hash table could not be built");
            }
            if (slot.value == null) {
                slot.failed = true;
                slot.value = maker.get();
                slot.failed = false;
            }
            return type.cast(slot.value);
        }
    }

    @Override
    public void close() {
        for (Shared slot : shared.values()) {
            synchronized (slot) {
                try {
                    if (slot.value != null) {
                        slot.value.close();
                    }
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException("Cannot close a hash table", e);
                }
                slot.value = null;
                slot.failed = true;
            }
        }
    }
}
