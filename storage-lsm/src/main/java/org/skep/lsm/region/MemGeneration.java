package org.skep.lsm.region;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.skep.lsm.memstore.ChunkPool;
import org.skep.lsm.memstore.MemStore;

/**
 * The memstores of all families of a region between two flushes, and how many writes to them are
 * under way. Safe for use by many threads.
 */
final class MemGeneration {
    private static final long POLL_NANOS = 20_000;

    private final MemStore[] stores;
    private final AtomicInteger writers = new AtomicInteger();
    private volatile long newest;

    MemGeneration(int families, ChunkPool pool) {
        stores = new MemStore[families];
        boolean complete = false;
        try {
            for (int i = 0; i < families; i++) {
                stores[i] = new MemStore(pool);
            }
            complete = true;
        } finally {
            if (!complete) {
                Arrays.stream(stores).filter(Objects::nonNull).forEach(MemStore::release);
            }
        }
    }

    MemStore store(int family) {
        return stores[family];
    }

    long bytes() {
        long bytes = 0;
        for (MemStore store : stores) {
            bytes += store.bytes();
        }
        return bytes;
    }

    /** Bytes of memory that go back when it does. */
    long held() {
        long held = 0;
        for (MemStore store : stores) {
            held += store.held();
        }
        return held;
    }

    boolean isEmpty() {
        for (MemStore store : stores) {
            if (!store.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is anything in it or about to come. */
    boolean isUsed() {
        // In this order: a write that is through meanwhile is seen in the memstores.
        return writers.get() > 0 || !isEmpty();
    }

    /** A write comes; one thread at a time. */
    void enter(long sequence) {
        note(sequence);
        writers.incrementAndGet();
    }

    /** Cells of a write come; one thread at a time. */
    void note(long sequence) {
        newest = Math.max(newest, sequence);
    }

    /** The greatest sequence id of its cells. */
    long newest() {
        return newest;
    }

    void exit() {
        writers.decrementAndGet();
    }

    /** Returns when all writes that entered are through; none must enter any more. */
    void awaitWriters() {
        while (writers.get() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    void retain() {
        for (MemStore store : stores) {
            if (!store.tryRetain()) {
                throw new IllegalStateException("Memstore is gone");
            }
        }
    }

    void release() {
        for (MemStore store : stores) {
            store.release();
        }
    }
}
