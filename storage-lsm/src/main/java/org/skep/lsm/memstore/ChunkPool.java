package org.skep.lsm.memstore;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.base.fault.Crash;
import org.skep.base.memory.MemoryPool;

/**
 * Pieces of direct memory for memstores, kept for the next one when a memstore is done with them.
 * All of it is counted in a {@link MemoryPool}, also what waits for the next use. Safe for use by
 * many threads.
 */
public final class ChunkPool {
    /** Bytes of a piece. */
    public static final int CHUNK = 1 << 20;

    /** Bytes of a line of the processor's caches. */
    static final int LINE = 64;

    /** Bytes of the first piece of a memstore. */
    static final int FIRST = 4 << 10;

    private final MemoryPool memory;
    private final int mostIdle;
    private final ConcurrentLinkedQueue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final AtomicLong inUse = new AtomicLong();
    // First pieces for which the pool of memory had no room.
    private final AtomicInteger uncounted = new AtomicInteger();

    /**
     * A pool without pieces.
     *
     * @param mostIdle how many pieces are kept when nobody uses them
     */
    public ChunkPool(MemoryPool memory, int mostIdle) {
        this.memory = memory;
        this.mostIdle = mostIdle;
    }

    /**
     * A piece of {@link #CHUNK} bytes with any content.
     *
     * @throws org.skep.base.error.SkepException MEMORY_LIMIT if the pool of memory is exhausted
     */
    ByteBuffer take() {
        ByteBuffer chunk = idle.poll();
        if (chunk == null) {
            memory.reserve(CHUNK);
            return allocate(CHUNK);
        }
        idleCount.decrementAndGet();
        inUse.addAndGet(CHUNK);
        return chunk;
    }

    private ByteBuffer allocate(int reserved) {
        boolean allocated = false;
        try {
            Crash.point("memstore.before-allocate");
            ByteBuffer chunk = aligned(reserved);
            allocated = true;
            inUse.addAndGet(reserved);
            return chunk;
        } finally {
            if (!allocated) {
                memory.release(reserved);
            }
        }
    }

    // Begins with a line of the processor's caches, so that nodes can.
    private static ByteBuffer aligned(int bytes) {
        return ByteBuffer.allocateDirect(bytes + 2 * LINE).alignedSlice(LINE).slice(0, bytes);
    }

    /** A piece of another size: for one large cell, or for a memstore that may stay small. */
    ByteBuffer takeLarge(int bytes) {
        if (!memory.tryReserve(bytes)) {
            trim();
            memory.reserve(bytes);
        }
        return allocate(bytes);
    }

    /**
     * The first piece of a memstore. There is always one, also beyond the limit of the pool of
     * memory: a full memstore must be replaced by an empty one before its memory comes back.
     */
    ByteBuffer takeFirst() {
        if (!memory.tryReserve(FIRST)) {
            trim();
            if (!memory.tryReserve(FIRST)) {
                uncounted.incrementAndGet();
                inUse.addAndGet(FIRST);
                return aligned(FIRST);
            }
        }
        return allocate(FIRST);
    }

    /** Takes a piece back that nobody will touch any more. */
    void giveBack(ByteBuffer chunk) {
        inUse.addAndGet(-chunk.capacity());
        if (chunk.capacity() == CHUNK && idleCount.get() < mostIdle) {
            idleCount.incrementAndGet();
            idle.add(chunk);
        } else if (chunk.capacity() != FIRST || !payDebt()) {
            memory.release(chunk.capacity());
        }
    }

    private boolean payDebt() {
        return uncounted.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    /** Bytes that memstores hold now. Zero when all are closed, or something leaks. */
    public long bytesInUse() {
        return inUse.get();
    }

    /** Lets go of all idle pieces. */
    public void trim() {
        for (ByteBuffer chunk = idle.poll(); chunk != null; chunk = idle.poll()) {
            idleCount.decrementAndGet();
            memory.release(chunk.capacity());
        }
    }
}
