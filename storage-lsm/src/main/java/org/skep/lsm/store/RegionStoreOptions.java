package org.skep.lsm.store;

import java.time.Duration;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.store.directory.Ownership;
import org.skep.lsm.store.directory.ProcessOwnership;

/**
 * How a store is opened. Immutable.
 *
 * @param clock what tells the time
 * @param ownership who decides that this process may write the store
 * @param memory where memstores and cached blocks are counted
 * @param cacheBytes bytes of blocks that are kept in memory
 * @param region how regions and the log behave
 * @param threads how many compactions and splits run at once, when regions work by themselves
 * @param choreInterval how often it is looked whether regions should be split and files deleted
 * @param patience how long a call waits for a region that is being split, merged or altered
 */
public record RegionStoreOptions(
        Clock clock,
        Ownership ownership,
        MemoryPool memory,
        long cacheBytes,
        RegionOptions region,
        int threads,
        Duration choreInterval,
        Duration patience) {
    private static final long DEFAULT_CACHE = 256L << 20;
    private static final long DEFAULT_MEMORY = 2L << 30;

    public RegionStoreOptions {
        if (threads < 1 || cacheBytes < 1) {
            throw new IllegalArgumentException(
                    "Invalid options of a store: %d threads, %d bytes"
                            .formatted(threads, cacheBytes));
        }
    }

    /** The machine's clock, one process, 256 MB of cached blocks, 320 MB of memstores. */
    public static RegionStoreOptions defaults() {
        return new RegionStoreOptions(
                Clock.SYSTEM,
                ProcessOwnership.INSTANCE,
                MemoryPool.root("regions", DEFAULT_MEMORY),
                DEFAULT_CACHE,
                RegionOptions.DEFAULT,
                2,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    /** The same with another clock. */
    public RegionStoreOptions withClock(Clock other) {
        return new RegionStoreOptions(
                other, ownership, memory, cacheBytes, region, threads, choreInterval, patience);
    }

    /** The same with another judge of who may write. */
    public RegionStoreOptions withOwnership(Ownership other) {
        return new RegionStoreOptions(
                clock, other, memory, cacheBytes, region, threads, choreInterval, patience);
    }

    /** The same with memory counted elsewhere. */
    public RegionStoreOptions withMemory(MemoryPool pool, long cache) {
        return new RegionStoreOptions(
                clock, ownership, pool, cache, region, threads, choreInterval, patience);
    }

    /** The same with regions that behave otherwise. */
    public RegionStoreOptions withRegion(RegionOptions other) {
        return new RegionStoreOptions(
                clock, ownership, memory, cacheBytes, other, threads, choreInterval, patience);
    }

    /** The same with another interval of chores. */
    public RegionStoreOptions withChoreInterval(Duration interval) {
        return new RegionStoreOptions(
                clock, ownership, memory, cacheBytes, region, threads, interval, patience);
    }

    /** The same with another patience. */
    public RegionStoreOptions withPatience(Duration limit) {
        return new RegionStoreOptions(
                clock, ownership, memory, cacheBytes, region, threads, choreInterval, limit);
    }

    /** The same with nothing that happens by itself: no flushes, compactions, splits, deletions. */
    public RegionStoreOptions withoutBackground() {
        return withRegion(region.withoutBackground());
    }
}
