package org.skep.lsm.hfile;

/** How a source comes by its blocks. */
public enum ReadMode {
    /** One block at a time through the block cache: for gets and short scans. */
    RANDOM,
    /** Like RANDOM, but what is not in the block cache is not put there. */
    UNCACHED,
    /** Ahead in large pieces into a buffer of its own, past the block cache: for long scans. */
    STREAM
}
