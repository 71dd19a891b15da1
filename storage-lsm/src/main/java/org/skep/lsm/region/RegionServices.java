package org.skep.lsm.region;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.compact.Throttle;
import org.skep.lsm.memstore.ChunkPool;
import org.skep.lsm.wal.Mvcc;
import org.skep.lsm.wal.SequenceClock;
import org.skep.lsm.wal.Wal;

/**
 * What the regions of a store share: the log with the sequence ids and the read point, memory, the
 * block cache, the threads that flush and compact. Safe for use by many threads.
 */
public final class RegionServices implements AutoCloseable {

    private final FileSystem files;
    private final String root;
    private final Clock clock;
    private final RegionOptions options;
    private final Wal wal;
    private final BlockCache cache;
    private final ChunkPool chunks;
    private final Headroom headroom;
    private final RetiredFiles retiredFiles;
    private final MarkerRule markers;
    private final Throttle throttle;
    private final Pressure pressure;
    private final Maintenance maintenance;
    private final Map<String, Region> regions = new ConcurrentHashMap<>();

    private RegionServices(
            FileSystem files,
            String root,
            Clock clock,
            RegionOptions options,
            Wal wal,
            BlockCache cache,
            MemoryPool memory,
            RetiredFiles retiredFiles,
            MarkerRule markers) {
        this.files = files;
        this.root = root;
        this.clock = clock;
        this.options = options;
        this.wal = wal;
        this.cache = cache;
        this.retiredFiles = retiredFiles;
        this.markers = markers;
        chunks = new ChunkPool(memory, idleChunks(options));
        headroom = new Headroom(memory);
        throttle = new Throttle(clock, options.compactionRate());
        pressure = new Pressure(clock, options, chunks, this::memstoreHeld);
        maintenance = new Maintenance(this);
    }

    // As much as the memstores of a large region take, with their nodes.
    private static int idleChunks(RegionOptions options) {
        return (int) Math.min(options.memstoreLimit() * 5 / 8 / ChunkPool.CHUNK, 1 << 10);
    }

    /**
     * Opens the log in {@code root/wal}, checking every record of it. Then the regions are opened,
     * each of which takes its writes out of the log.
     *
     * @param memory where memstores are counted
     * @param cache closed by the caller, after this
     * @param leastEpoch at least this is the epoch of the log
     * @throws org.skep.base.error.SkepException CORRUPT_FILE naming file and offset
     */
    public static RegionServices open(
            FileSystem files,
            String root,
            Clock clock,
            RegionOptions options,
            MemoryPool memory,
            BlockCache cache,
            RetiredFiles retiredFiles,
            long leastEpoch) {
        return open(
                files,
                root,
                clock,
                options,
                memory,
                cache,
                retiredFiles,
                leastEpoch,
                MarkerRule.ONLY_WITH_ALL_FILES);
    }

    /** The same with a rule that tests may plant. */
    static RegionServices open(
            FileSystem files,
            String root,
            Clock clock,
            RegionOptions options,
            MemoryPool memory,
            BlockCache cache,
            RetiredFiles retiredFiles,
            long leastEpoch,
            MarkerRule markers) {
        Wal wal = Wal.open(files, root + "/wal", clock, options.wal(), leastEpoch);
        RegionServices services =
                new RegionServices(
                        files, root, clock, options, wal, cache, memory, retiredFiles, markers);
        if (options.background()) {
            services.maintenance.start();
        }
        return services;
    }

    /** Where everything lies. */
    public FileSystem files() {
        return files;
    }

    /** The store's directory, without a slash at the end. */
    public String root() {
        return root;
    }

    /** Wall and monotonic time. */
    public Clock clock() {
        return clock;
    }

    /** How regions behave. */
    public RegionOptions options() {
        return options;
    }

    /** The log. */
    public Wal wal() {
        return wal;
    }

    /** The sequence ids. */
    public SequenceClock sequences() {
        return wal.sequences();
    }

    /** The read point. */
    public Mvcc mvcc() {
        return wal.mvcc();
    }

    /** The blocks of files. */
    public BlockCache cache() {
        return cache;
    }

    /** The memory of memstores. */
    public ChunkPool chunks() {
        return chunks;
    }

    Headroom headroom() {
        return headroom;
    }

    Throttle throttle() {
        return throttle;
    }

    /** What slows writes down. */
    public Pressure pressure() {
        return pressure;
    }

    Maintenance maintenance() {
        return maintenance;
    }

    MarkerRule markers() {
        return markers;
    }

    RetiredFiles retiredFiles() {
        return retiredFiles;
    }

    /**
     * Flushes what is due: full regions, those with old writes, those that keep the log long. For
     * stores without threads that do it by themselves; what fails is left for the next time.
     */
    public void flushDue() {
        maintenance.flushDue();
    }

    /** The milliseconds since 1970 by which cells expire; never runs backwards. */
    public long nowMillis() {
        return sequences().nowMillis();
    }

    void opened(Region region) {
        regions.put(region.name(), region);
    }

    void closed(Region region) {
        regions.remove(region.name(), region);
    }

    /** The regions that are open. */
    public Collection<Region> regions() {
        return regions.values();
    }

    /** Bytes in all memstores. */
    public long memstoreBytes() {
        long bytes = 0;
        for (Region region : regions.values()) {
            bytes += region.memstoreBytes();
        }
        return bytes;
    }

    // Without what only readers hold still.
    private long memstoreHeld() {
        long held = 0;
        for (Region region : regions.values()) {
            held += region.memstoreHeld();
        }
        return held;
    }

    /** Closes the log. Regions must be closed before, or their writes are replayed next time. */
    @Override
    public void close() {
        maintenance.stop();
        try {
            wal.close();
        } finally {
            chunks.trim();
            headroom.close();
        }
    }
}
