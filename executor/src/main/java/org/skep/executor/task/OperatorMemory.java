package org.skep.executor.task;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.memory.MemoryPool;

/**
 * The memory that one operator of a task holds. Confined to one thread at a time; whoever opens it
 * closes it.
 */
public final class OperatorMemory implements AutoCloseable {
    private final MemoryPool pool;
    private final OperatorStatistics statistics;
    private long held;

    /** Nothing held yet. */
    public OperatorMemory(MemoryPool pool, OperatorStatistics statistics) {
        this.pool = pool;
        this.statistics = statistics;
    }

    /**
     * Makes the bytes held be {@code bytes}.
     *
     * @throws SkepException MEMORY_LIMIT, naming the limit and the operator
     */
    public void hold(long bytes) {
        if (!tryHold(bytes)) {
            throw new SkepException(
                    ErrorCode.MEMORY_LIMIT,
                    "Memory limit exceeded in %s of %s: limit %d bytes, in use %d, asked for %d more"
                            .formatted(
                                    statistics.name(),
                                    statistics.stage(),
                                    pool.limit(),
                                    pool.reserved(),
                                    bytes - held));
        }
    }

    /** Like {@link #hold}, but answers false instead of failing. */
    public boolean tryHold(long bytes) {
        long more = bytes - held;
        if (more > 0 && !pool.tryReserve(more)) {
            return false;
        }
        if (more < 0) {
            pool.release(-more);
        }
        held = bytes;
        statistics.addMemory(more);
        return true;
    }

    /** Bytes held now. */
    public long held() {
        return held;
    }

    /** Whose memory it is. */
    public OperatorStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        if (held > 0) {
            hold(0);
        }
    }
}
