package org.skep.metastore;

import java.util.List;
import java.util.Optional;

/**
 * Where the catalogue keeps what belongs to one version of a table. Opaque to callers; it travels
 * in the {@link Table} so that whoever holds a table reads partitions and statistics of that very
 * version. Immutable.
 *
 * @param nodeVersion the version of the node that was read, which the next commit must find
 * @param partitionCount how many partitions there are
 * @param buckets where the partitions are, by hash; empty if there are none
 * @param statistics the content name of the column statistics, if there are any
 * @param recentCommits random numbers of the last commits, newest first, by which a session knows
 *     its own commit again after a lost connection
 */
public record TableState(
        int nodeVersion,
        long partitionCount,
        List<Bucket> buckets,
        Optional<String> statistics,
        List<Long> recentCommits) {
    /** The state of a table that is yet to be created. */
    public static final TableState NEW =
            new TableState(-1, 0, List.of(), Optional.empty(), List.of());

    /**
     * One group of partitions: those whose hash begins with a prefix. Immutable.
     *
     * @param prefixBits how many leading bits of the hash it covers
     * @param prefix these bits, at the top of the word
     * @param name the content name of its node
     * @param partitions how many partitions are in it
     * @param bytes the size of its node
     */
    public record Bucket(int prefixBits, int prefix, String name, int partitions, int bytes) {
        /** Whether a partition with this hash belongs here. */
        public boolean covers(int hash) {
            return prefixBits == 0 || (hash ^ prefix) >>> (32 - prefixBits) == 0;
        }
    }

    /** Copies the lists. */
    public TableState {
        buckets = List.copyOf(buckets);
        recentCommits = List.copyOf(recentCommits);
    }
}
