package org.skep.lsm.region;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks of rows, many rows to a lock. Who needs several takes them in the order of their numbers,
 * so nobody waits in a circle. With each lock goes the sequence id of the last write to one of its
 * rows. Safe for use by many threads.
 */
final class RowLocks {
    private static final int STRIPES = 1 << 10;

    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
    private final long[] last = new long[STRIPES];

    RowLocks() {
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** The number of a row's lock. */
    static int stripe(byte[] row) {
        int hash = 0;
        for (byte b : row) {
            hash = 31 * hash + b;
        }
        hash *= 0x9e3779b9;
        return hash >>> (Integer.SIZE - 10);
    }

    /** Takes locks. */
    void lock(int[] sortedStripes) {
        for (int stripe : sortedStripes) {
            locks[stripe].lock();
        }
    }

    /** Lets locks go. */
    void unlock(int[] stripes) {
        for (int stripe : stripes) {
            locks[stripe].unlock();
        }
    }

    /** With the locks: the last write to any of their rows. */
    long last(int[] stripes) {
        long greatest = 0;
        for (int stripe : stripes) {
            greatest = Math.max(greatest, last[stripe]);
        }
        return greatest;
    }

    /** With the locks: there was a write. */
    void written(int[] stripes, long sequence) {
        for (int stripe : stripes) {
            last[stripe] = sequence;
        }
    }
}
