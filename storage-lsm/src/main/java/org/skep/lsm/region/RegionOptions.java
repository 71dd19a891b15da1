package org.skep.lsm.region;

import java.time.Duration;
import org.skep.lsm.compact.CompactionOptions;
import org.skep.lsm.wal.WalOptions;

/**
 * How the regions of a store behave. Immutable.
 *
 * @param wal how the log behaves
 * @param memstoreLimit bytes in all memstores together from which the largest is flushed
 * @param flushAge the age of the oldest unflushed write at which a region is flushed
 * @param maxCellBytes bytes that a cell may have at most
 * @param slowFiles files of a family from which writes to its region are slowed down
 * @param timeToPurge how long markers are kept after their timestamps, whatever compactions do
 * @param compaction when files are joined
 * @param compactionRate bytes a second that joining reads and writes at most; 0 for no limit
 * @param background whether flushes and compactions happen by themselves
 */
public record RegionOptions(
        WalOptions wal,
        long memstoreLimit,
        Duration flushAge,
        int maxCellBytes,
        int slowFiles,
        Duration timeToPurge,
        CompactionOptions compaction,
        long compactionRate,
        boolean background) {
    /** 320 MB of memstores, flushed after an hour at the latest; cells of up to 10 MB. */
    public static final RegionOptions DEFAULT =
            new RegionOptions(
                    WalOptions.DEFAULT,
                    320L << 20,
                    Duration.ofHours(1),
                    10 << 20,
                    12,
                    Duration.ZERO,
                    CompactionOptions.DEFAULT,
                    0,
                    true);

    public RegionOptions {
        if (memstoreLimit < 1 || maxCellBytes < 1 || slowFiles < 2) {
            throw new IllegalArgumentException(
                    "Invalid limits of regions: %d, %d, %d"
                            .formatted(memstoreLimit, maxCellBytes, slowFiles));
        }
    }

    /** The same with another log. */
    public RegionOptions withWal(WalOptions options) {
        return new RegionOptions(
                options,
                memstoreLimit,
                flushAge,
                maxCellBytes,
                slowFiles,
                timeToPurge,
                compaction,
                compactionRate,
                background);
    }

    /** The same with another limit of all memstores together. */
    public RegionOptions withMemstoreLimit(long bytes) {
        return new RegionOptions(
                wal,
                bytes,
                flushAge,
                maxCellBytes,
                slowFiles,
                timeToPurge,
                compaction,
                compactionRate,
                background);
    }

    /** The same with another limit of a cell. */
    public RegionOptions withMaxCellBytes(int bytes) {
        return new RegionOptions(
                wal,
                memstoreLimit,
                flushAge,
                bytes,
                slowFiles,
                timeToPurge,
                compaction,
                compactionRate,
                background);
    }

    /** The same with markers kept for another time. */
    public RegionOptions withTimeToPurge(Duration time) {
        return new RegionOptions(
                wal,
                memstoreLimit,
                flushAge,
                maxCellBytes,
                slowFiles,
                time,
                compaction,
                compactionRate,
                background);
    }

    /** The same with files joined otherwise. */
    public RegionOptions withCompaction(CompactionOptions options) {
        return new RegionOptions(
                wal,
                memstoreLimit,
                flushAge,
                maxCellBytes,
                slowFiles,
                timeToPurge,
                options,
                compactionRate,
                background);
    }

    /** The same with flushes and compactions only when they are called for. */
    public RegionOptions withoutBackground() {
        return new RegionOptions(
                wal.withSyncInterval(Duration.ZERO),
                memstoreLimit,
                flushAge,
                maxCellBytes,
                slowFiles,
                timeToPurge,
                compaction,
                compactionRate,
                false);
    }
}
