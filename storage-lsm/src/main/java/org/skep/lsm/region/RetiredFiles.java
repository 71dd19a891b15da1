package org.skep.lsm.region;

/**
 * Told of files that a region's manifest does not name any more and that none of its readers holds.
 * Whether anybody else names them (a snapshot, the daughters of a split) is for the store to know.
 * Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface RetiredFiles {
    /** May be deleted if nobody else names it. */
    void retired(String path);
}
