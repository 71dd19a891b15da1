package org.skep.lsm.region;

import org.skep.base.memory.MemoryPool;

/**
 * Memory that is kept back so that flushes can end when there is no other: a file that was written
 * needs some for its index, and only then are its memstores given back. Safe for use by many
 * threads.
 */
final class Headroom implements AutoCloseable {
    // What a file keeps in memory for good is hardly more than the root of its index, 128 KB.
    private static final long BYTES = 512 << 10;
    private static final int LEAST_PARTS = 32;

    private final MemoryPool pool;
    private final long wanted;
    private long held; // guarded by this
    private boolean closed; // guarded by this

    Headroom(MemoryPool pool) {
        this.pool = pool;
        wanted = Math.min(BYTES, pool.limit() / LEAST_PARTS);
        refill();
    }

    /** Gives it to whoever takes memory from the pool next; false if nothing is left of it. */
    synchronized boolean give() {
        boolean any = held > 0;
        pool.release(held);
        held = 0;
        return any;
    }

    /** Keeps it back again; false if there is not so much yet. */
    synchronized boolean refill() {
        if (held == 0 && !closed && pool.tryReserve(wanted)) {
            held = wanted;
        }
        return held > 0 || closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        give();
    }
}
