package org.skep.lsm.region;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.skep.base.time.Clock;
import org.skep.lsm.memstore.ChunkPool;

/**
 * Slows writers down while flushes and compactions lag behind: the more memory is in use beyond its
 * limit, or the more files a region has beyond what is good, the fewer bytes a second are let
 * through. Nobody waits longer than half a second at once. Safe for use by many threads.
 */
public final class Pressure {
    private static final long LONGEST_NANOS = 500_000_000;
    private static final double FREE_RATE = 200e6; // bytes a second where slowing down begins
    private static final double REGION_FULL = 4; // flush sizes in one region's memory
    private static final double STEEPNESS = 4; // powers of ten for each limit's worth of excess
    private static final double FILES_PER_POWER = 6;

    private final Clock clock;
    private final RegionOptions options;
    private final ChunkPool chunks;
    private final LongSupplier held; // bytes of memory that flushes would give back
    private final AtomicLong next = new AtomicLong();
    private final LongAdder delays = new LongAdder();
    private final LongAdder delayedNanos = new LongAdder();
    private final AtomicLong longest = new AtomicLong();

    Pressure(Clock clock, RegionOptions options, ChunkPool chunks, LongSupplier held) {
        this.clock = clock;
        this.options = options;
        this.chunks = chunks;
        this.held = held;
        next.set(clock.nanoTime());
    }

    /**
     * Whether so much memory is in use that the largest region should be flushed. What was flushed
     * and is held by open scans does not count: more flushes give none of it back.
     */
    boolean high() {
        return chunks.bytesInUse() >= options.memstoreLimit()
                && held.getAsLong() >= options.memstoreLimit();
    }

    /**
     * Lets the caller wait for a time that depends on the bytes that it wrote and on how far things
     * lag behind.
     *
     * @param flushSizes memory of the region in flush sizes
     * @param files files of the region's family that has most
     */
    void slowDown(long bytes, double flushSizes, int files) {
        double excess =
                Math.max(
                        (double) chunks.bytesInUse() / options.memstoreLimit() - 1,
                        flushSizes / REGION_FULL - 1);
        int tooMany = files - options.slowFiles();
        if ((excess <= 0 && tooMany <= 0) || !options.background()) {
            return;
        }
        double powers = Math.max(0, excess) * STEEPNESS + Math.max(0, tooMany) / FILES_PER_POWER;
        double rate = FREE_RATE / Math.pow(10, powers);
        park((long) Math.min(LONGEST_NANOS, bytes / rate * 1e9));
    }

    // All writers share the rate: each waits until those before it have had their time.
    private void park(long nanos) {
        long now = clock.nanoTime();
        long until;
        while (true) {
            long before = next.get();
            until = Math.min(Math.max(before, now) + nanos, now + LONGEST_NANOS);
            if (next.compareAndSet(before, until)) {
                break;
            }
        }
        long waited = until - now;
        delays.increment();
        delayedNanos.add(waited);
        longest.accumulateAndGet(waited, Math::max);
        for (long left = waited; left > 0; left = until - clock.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** How many writes were slowed down. */
    public long delays() {
        return delays.sum();
    }

    /** For how long in all, in nanoseconds. */
    public long delayedNanos() {
        return delayedNanos.sum();
    }

    /** The longest time that one write had to wait, in nanoseconds. */
    public long longestNanos() {
        return longest.get();
    }
}
