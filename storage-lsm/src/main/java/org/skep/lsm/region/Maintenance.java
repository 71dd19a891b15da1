package org.skep.lsm.region;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.SkepException;
import org.skep.lsm.wal.SequenceClock;

/**
 * Flushes and joins files by itself: one thread for each, so that a long compaction keeps no flush
 * waiting. What fails is tried again later. Safe for use by many threads.
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
    private volatile SkepException lastFailure;

    Maintenance(RegionServices services) {
        this.services = services;
        flusher = NamedThreads.called("region-flush").newThread(() -> run(this::flushNext, true));
        joiner = NamedThreads.called("region-compact").newThread(() -> run(this::joinNext, false));
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

    /** Why something failed the last time, if something did. */
    Optional<SkepException> lastFailure() {
        return Optional.ofNullable(lastFailure);
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
            } catch (RegionClosedException e) {
                more = true;
            } catch (SkepException e) {
                lastFailure = e;
                LockSupport.parkNanos(RETRY_NANOS);
            }
            if (!more && !stopped && !(flushes && wanted)) {
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
    }

    private boolean flushNext() {
        wanted = false;
        Optional<Region> full =
                services.regions().stream()
                        .filter(region -> region.memstoreBytes() >= region.descriptor().flushSize())
                        .max(Comparator.comparingLong(Region::memstoreBytes));
        if (full.isEmpty() && services.pressure().high()) {
            full =
                    services.regions().stream()
                            .filter(region -> region.memstoreBytes() > 0)
                            .max(Comparator.comparingLong(Region::memstoreBytes));
        }
        if (full.isEmpty()) {
            full = old();
        }
        if (full.isEmpty()) {
            full = holdingBack();
        }
        if (full.isEmpty()) {
            full = keepingOldLog();
        }
        boolean any = full.isPresent() && full.get().flush();
        if (any) {
            LockSupport.unpark(joiner);
        } else {
            services.wal().trim(LONG_LOG);
        }
        return any;
    }

    // A region with a few writes that were made long ago, while others wrote much.
    private Optional<Region> keepingOldLog() {
        List<String> names = services.wal().lastHolders(FEW);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<Region> holders =
                services.regions().stream()
                        .filter(region -> names.contains(region.name()))
                        .filter(region -> region.memstoreBytes() > 0)
                        .toList();
        boolean cheap = holders.stream().allMatch(region -> region.memstoreBytes() <= LITTLE);
        return cheap ? holders.stream().findFirst() : Optional.empty();
    }

    private Optional<Region> old() {
        long before = services.nowMillis() - services.options().flushAge().toMillis();
        return services.regions().stream()
                .filter(
                        region ->
                                region.oldestWrite() > 0
                                        && SequenceClock.millis(region.oldestWrite()) < before)
                .findFirst();
    }

    private Optional<Region> holdingBack() {
        List<String> names = services.wal().regionsHoldingBack();
        return services.regions().stream()
                .filter(region -> names.contains(region.name()))
                .filter(region -> region.memstoreBytes() > 0)
                .findFirst();
    }

    private boolean joinNext() {
        List<Region> most =
                services.regions().stream()
                        .sorted(Comparator.comparingInt(Region::mostFiles).reversed())
                        .toList();
        for (Region region : most) {
            if (stopped) {
                return false;
            }
            if (region.compact()) {
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
