package org.skep.lsm.cache;

/**
 * What a block cache did since it was made. Immutable.
 *
 * @param hits look-ups that found their block
 * @param misses look-ups that did not
 * @param evictions blocks that were dropped to make room
 * @param survivals blocks that were kept when their segment was emptied, since they had been read
 * @param bytes of direct memory held for blocks now
 */
public record CacheStatistics(long hits, long misses, long evictions, long survivals, long bytes) {
    /** Hits among all look-ups, from 0 to 1; 0 if there were none. */
    public double hitRatio() {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
}
