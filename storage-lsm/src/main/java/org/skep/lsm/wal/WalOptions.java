package org.skep.lsm.wal;

import java.time.Duration;

/**
 * How a log behaves. Immutable.
 *
 * @param rollBytes the length at which a file is followed by the next one
 * @param rollInterval the age at which a file is followed by the next one
 * @param syncInterval how long ASYNC_WAL and SYNC_WAL writes may wait until they are on the disk;
 *     zero for no background thread: then only rolling, closing and FSYNC_WAL writes sync
 * @param keptBytes bytes in the log beyond which regions are flushed that hold back its oldest
 *     files
 * @param damage what is done with a damaged record that cannot be the torn end of the log
 */
public record WalOptions(
        long rollBytes,
        Duration rollInterval,
        Duration syncInterval,
        long keptBytes,
        OnDamage damage) {
    /** What is done with damage. */
    public enum OnDamage {
        /** The log is not opened. */
        REFUSE,
        /**
         * All is read that can be: a damaged file ends there, so that what stands behind in it is
         * lost, and a file that is missing is left out.
         */
        DROP_REST_OF_FILE
    }

    /** 64 MB or an hour a file, background syncs every second, 256 MB kept, damage refused. */
    public static final WalOptions DEFAULT =
            new WalOptions(
                    64L << 20,
                    Duration.ofHours(1),
                    Duration.ofSeconds(1),
                    256L << 20,
                    OnDamage.REFUSE);

    public WalOptions {
        if (rollBytes < 1 || rollBytes > 1L << 30 || keptBytes < 1) {
            throw new IllegalArgumentException(
                    "Invalid sizes of the log: %d, %d".formatted(rollBytes, keptBytes));
        }
    }

    /** The same with another length of files. */
    public WalOptions withRollBytes(long bytes) {
        return new WalOptions(bytes, rollInterval, syncInterval, keptBytes, damage);
    }

    /** The same with another interval of background syncs. */
    public WalOptions withSyncInterval(Duration interval) {
        return new WalOptions(rollBytes, rollInterval, interval, keptBytes, damage);
    }

    /** The same with another size of the log from which old files are emptied. */
    public WalOptions withKeptBytes(long bytes) {
        return new WalOptions(rollBytes, rollInterval, syncInterval, bytes, damage);
    }

    /** The same with another answer to damage. */
    public WalOptions withDamage(OnDamage answer) {
        return new WalOptions(rollBytes, rollInterval, syncInterval, keptBytes, answer);
    }
}
