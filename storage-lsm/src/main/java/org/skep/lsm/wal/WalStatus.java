package org.skep.lsm.wal;

/**
 * Counters of a log since it was opened. Immutable.
 *
 * @param files how many files it has
 * @param bytes in these files
 * @param groups writes to the disk, each of several records
 * @param records records written
 * @param syncs how often a file was synced
 * @param failedSyncs how often that failed
 */
public record WalStatus(
        int files, long bytes, long groups, long records, long syncs, long failedSyncs) {}
