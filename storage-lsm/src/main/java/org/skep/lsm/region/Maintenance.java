package org.skep.lsm.region;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.skep.base.concurrent.NamedThreads;
import org.skep.lsm.wal.SequenceClock;

/**
 * Flushes and joins files by itself: one thread for each, so that a long compaction keeps no flush
 * waiting. A region that fails, in whatever way, is tried again later, and others have their turn
 * meanwhile. Safe for use by many threads.
 */
final class Maintenance {
    private static final long TICK_NANOS = 200_000_000;
    private static final long RETRY_NANOS = 1_000_000_000;
    // So few regions with so little in memory are flushed for the sake of a shorter log.
    private static final int FEW = 4;
    private static final long LITTLE = 4 << 20;
    private static final long LONG_LOG = 16 << 20;

    private final RegionServices services;
    private final Thread flusher;
    private final Thread joiner;
    private volatile boolean stopped;
    private volatile boolean wanted;
    private volatile Throwable lastFailure;

    Maintenance(RegionServices services) {
        this.services = services;
        Turns flushes = new Turns(RETRY_NANOS);
        Turns joins = new Turns(RETRY_NANOS);
        flusher =
                NamedThreads.called("region-flush")
                        .newThread(() -> run(() -> flushNext(flushes), true));
        joiner =
                NamedThreads.called("region-compact")
                        .newThread(() -> run(() -> joinNext(joins), false));
    }

    void start() {
        flusher.start();
        joiner.start();
    }

    /** Lets it look at once whether there is something to flush. */
    void wake() {
        if (!wanted) {
            wanted = true;
            LockSupport.unpark(flusher);
        }
    }

    /** Flushes all that is due, on this thread. What fails is left for the next time. */
    void flushDue() {
        Turns turns = new Turns(Long.MAX_VALUE);
        boolean more = true;
        while (more && !stopped) {
            int failed = turns.failed.size();
            more = flushNext(turns) || turns.failed.size() > failed;
        }
    }

    /** Why something failed the last time, if something did. */
    Optional<Throwable> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Which regions wait because they have failed. Confined to one thread. */
    private final class Turns {
        private final Map<Region, Long> failed = new HashMap<>();
        private final long retryNanos;

        /** All regions have their turns; one that fails has its next after this time. */
        Turns(long retryNanos) {
            this.retryNanos = retryNanos;
        }

        /** The regions that may be worked on now. */
        List<Region> regions() {
            long now = services.clock().nanoTime();
            failed.values().removeIf(at -> now - at >= retryNanos);
            return services.regions().stream()
                    .filter(region -> !failed.containsKey(region))
                    .toList();
        }

        /** Works on a region; whether it did anything. */
        boolean take(Region region, Predicate<Region> work) {
            try {
                return work.test(region);
            } catch (RegionClosedException e) {
                return true;
            } catch (Throwable e) {
                // Without this thread all writes would stop in the end, so it goes on after all.
                lastFailure = e;
                failed.put(region, services.clock().nanoTime());
                return false;
            }
        }
    }

    private interface Step {
        /** Does one thing that is due; false if nothing is. */
        boolean run();
    }

    private void run(Step step, boolean flushes) {
        while (!stopped) {
            boolean more = false;
            try {
                more = step.run();
            } catch (Throwable e) {
                lastFailure = e;
                LockSupport.parkNanos(RETRY_NANOS);
            }
            if (!more && !stopped && !(flushes && wanted)) {
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
    }

    private boolean flushNext(Turns turns) {
        wanted = false;
        List<Region> regions = turns.regions();
        Optional<Region> full =
                regions.stream()
                        .filter(region -> region.memstoreBytes() >= region.descriptor().flushSize())
                        .max(Comparator.comparingLong(Region::memstoreBytes));
        if (full.isEmpty() && services.pressure().high()) {
            full =
                    regions.stream()
                            .filter(region -> region.memstoreBytes() > 0)
                            .max(Comparator.comparingLong(Region::memstoreBytes));
        }
        if (full.isEmpty()) {
            full = old(regions);
        }
        if (full.isEmpty()) {
            full = holdingBack(regions);
        }
        if (full.isEmpty()) {
            full = keepingOldLog(regions);
        }
        boolean any = full.isPresent() && turns.take(full.get(), Region::flush);
        if (any) {
            LockSupport.unpark(joiner);
        } else {
            services.wal().trim(LONG_LOG);
        }
        return any;
    }

    // A region with a few writes that were made long ago, while others wrote much.
    private Optional<Region> keepingOldLog(List<Region> regions) {
        List<String> names = services.wal().lastHolders(FEW);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<Region> holders =
                regions.stream()
                        .filter(region -> names.contains(region.name()))
                        .filter(region -> region.memstoreBytes() > 0)
                        .toList();
        boolean cheap = holders.stream().allMatch(region -> region.memstoreBytes() <= LITTLE);
        return cheap ? holders.stream().findFirst() : Optional.empty();
    }

    private Optional<Region> old(List<Region> regions) {
        long before = services.nowMillis() - services.options().flushAge().toMillis();
        return regions.stream()
                .filter(
                        region ->
                                region.oldestWrite() > 0
                                        && SequenceClock.millis(region.oldestWrite()) < before)
                .findFirst();
    }

    private Optional<Region> holdingBack(List<Region> regions) {
        List<String> names = services.wal().regionsHoldingBack();
        return regions.stream()
                .filter(region -> names.contains(region.name()))
                .filter(region -> region.memstoreBytes() > 0)
                .findFirst();
    }

    private boolean joinNext(Turns turns) {
        List<Region> most =
                turns.regions().stream()
                        .sorted(Comparator.comparingInt(Region::mostFiles).reversed())
                        .toList();
        for (Region region : most) {
            if (stopped) {
                return false;
            }
            if (turns.take(region, Region::compact)) {
                return true;
            }
        }
        return false;
    }

    void stop() {
        stopped = true;
        boolean interrupted = false;
        for (Thread thread : List.of(flusher, joiner)) {
            while (thread.isAlive()) {
                LockSupport.unpark(thread);
                try {
                    thread.join(10);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
