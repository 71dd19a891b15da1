package org.skep.lsm.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.skep.base.concurrent.NamedThreads;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.host.HostedRegion;
import org.skep.lsm.store.host.Hosting;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.procedure.ProcedureExecutor;

/**
 * What a store does by itself: it goes on with procedures that are stuck, deletes files that nobody
 * needs, splits regions that have grown, and merges files that name those of other regions. Safe
 * for use by many threads.
 */
final class Chores implements AutoCloseable {
    private static final long END_SECONDS = 60;
    private static final long GATHERING_MILLIS = 1000;

    private final RegionStore store;
    private final Hosting hosting;
    private final ProcedureExecutor executor;
    private final Foundation foundation;
    private final ExecutorService compactions;

    // Guarded by this.
    private Thread thread;
    private boolean wanted;
    private boolean retired;
    private boolean ended;

    Chores(RegionStore store, Hosting hosting, ProcedureExecutor executor, Foundation foundation) {
        this.store = store;
        this.hosting = hosting;
        this.executor = executor;
        this.foundation = foundation;
        compactions = NamedThreads.pool("region-references", foundation.options().threads());
    }

    synchronized void start() {
        foundation.sweeper().listener(this::retired);
        thread = NamedThreads.called("region-chores").newThread(this::loop);
        thread.start();
    }

    private void loop() {
        while (await()) {
            // The thread must not end, whatever happens.
            hosting.quietly(this::run);
        }
    }

    private synchronized boolean await() {
        try {
            if (!wanted && !retired && !ended) {
                TimeUnit.NANOSECONDS.timedWait(
                        this, foundation.options().choreInterval().toNanos());
            }
            if (retired && !wanted && !ended) {
                // One look is enough for all files that are let go of at about this time.
                TimeUnit.MILLISECONDS.timedWait(this, GATHERING_MILLIS);
            }
        } catch (InterruptedException e) {
            ended = true;
        }
        wanted = false;
        retired = false;
        return !ended;
    }

    /** Lets the files be deleted that are not needed any more, if the store works by itself. */
    synchronized void sweepSoon() {
        wanted = true;
        notifyAll();
    }

    /** Somebody let go of a file. */
    private synchronized void retired() {
        if (!retired) {
            retired = true;
            notifyAll();
        }
    }

    /**
     * Does everything that is to be done now. A failure of one thing does not hinder the others.
     */
    void run() {
        executor.retry();
        if (!foundation.options().region().background()) {
            foundation.services().flushDue();
        }
        for (RegionInfo region : hosting.brokenRegions()) {
            hosting.quietly(() -> store.reopen(region));
        }
        sweep();
        for (Catalogue.Entry table : hosting.catalogue().tables().values()) {
            List<HostedRegion> regions = hosting.regions(table.descriptor().name());
            for (HostedRegion region : regions) {
                hosting.quietly(() -> splitIfLarge(table.descriptor(), regions.size(), region));
            }
        }
    }

    /**
     * Deletes what nobody needs, unless a change that could not go on may still come to need it.
     */
    void sweep() {
        if (executor.stuck().isEmpty()) {
            hosting.quietly(() -> foundation.sweeper().sweep(hosting::catalogue));
        }
    }

    // As HBase does: the first region of a table is split early, the others when they are large.
    private void splitIfLarge(TableDescriptor table, int regions, HostedRegion region) {
        long limit = table.maxFileSize();
        if (limit == 0) {
            return;
        }
        if (regions == 1) {
            limit = Math.min(limit, 2 * table.flushSize());
        }
        boolean parts =
                region.region().manifest().files().stream().anyMatch(file -> !file.isWhole());
        if (!parts && region.region().largestStoreBytes() > limit) {
            store.split(region.info());
        }
    }

    /** Merges files of a table's regions that are parts of others, so that those can be deleted. */
    void compactSoon(TableName table) {
        if (!foundation.options().region().background()) {
            return;
        }
        for (HostedRegion region : new ArrayList<>(hosting.regions(table))) {
            boolean parts =
                    region.region().manifest().files().stream().anyMatch(file -> !file.isWhole());
            if (parts) {
                try {
                    compactions.execute(() -> hosting.quietly(region.region()::majorCompact));
                } catch (RejectedExecutionException e) {
                    // The store is being closed; the next opening goes on.
                    return;
                }
            }
        }
    }

    /** Begins nothing more; compactions go on until their regions are closed. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            ended = true;
            running = thread;
            notifyAll();
        }
        compactions.shutdown();
        try {
            if (running != null) {
                running.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when no compaction is under way. */
    void awaitEnd() {
        try {
            compactions.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
