package org.skep.base.memory;

import java.util.concurrent.atomic.AtomicLong;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Counts the bytes that a process, and within it each query, holds in vectors, hash tables and
 * buffers, and refuses what goes over the limit. Safe for use by many threads; counts are
 * eventually exact, the limit is never exceeded.
 */
public final class MemoryPool {
    private final String name;
    private final long limit;
    private final MemoryPool parent;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    private MemoryPool(String name, long limit, MemoryPool parent) {
        this.name = name;
        this.limit = limit;
        this.parent = parent;
    }

    /** The pool of a process, {@code limit} in bytes. */
    public static MemoryPool root(String name, long limit) {
        return new MemoryPool(name, limit, null);
    }

    /** A pool within this one, with its own limit in bytes. */
    public MemoryPool child(String childName, long childLimit) {
        return new MemoryPool(childName, childLimit, this);
    }

    /**
     * Takes {@code bytes} from this pool and all above it.
     *
     * @throws SkepException MEMORY_LIMIT if one of them has not enough left; nothing is taken then
     */
    public void reserve(long bytes) {
        if (!tryReserve(bytes)) {
            throw new SkepException(
                    ErrorCode.MEMORY_LIMIT,
                    "Memory limit of %s exceeded: limit %d bytes, in use %d, asked for %d more"
                            .formatted(name, limit, reserved.get(), bytes));
        }
    }

    /** Like {@link #reserve} but answers false instead of failing, so that the caller can spill. */
    public boolean tryReserve(long bytes) {
        long now = reserved.addAndGet(bytes);
        if (now > limit || (parent != null && !parent.tryReserve(bytes))) {
            reserved.addAndGet(-bytes);
            return false;
        }
        peak.accumulateAndGet(now, Math::max);
        return true;
    }

    /** Gives {@code bytes} back. */
    public void release(long bytes) {
        reserved.addAndGet(-bytes);
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /** Bytes in use now. */
    public long reserved() {
        return reserved.get();
    }

    /** The most bytes that were in use at once. */
    public long peak() {
        return peak.get();
    }

    /** The limit in bytes. */
    public long limit() {
        return limit;
    }
}
