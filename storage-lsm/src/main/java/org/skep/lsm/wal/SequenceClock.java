package org.skep.lsm.wal;

import java.util.concurrent.atomic.AtomicLong;
import org.skep.base.time.Clock;

/**
 * Gives out sequence ids: the milliseconds of the wall clock shifted left by 16 bits, plus a
 * counter. An id is always greater than all that were given out or {@link #observe observed}
 * before, so ids and the milliseconds in them never run backwards, however the wall clock jumps:
 * after a jump back they stand nearly still until it has caught up. Safe for use by many threads.
 */
public final class SequenceClock {
    private static final int COUNTER_BITS = 16;

    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    /** A clock that has seen nothing. */
    public SequenceClock(Clock clock) {
        this.clock = clock;
    }

    /** The next id. */
    public long next() {
        long wall = wall();
        while (true) {
            long before = last.get();
            long id = Math.max(wall, before + 1);
            if (last.compareAndSet(before, id)) {
                return id;
            }
        }
    }

    /** Lets all further ids be greater than {@code id}. */
    public void observe(long id) {
        last.accumulateAndGet(id, Math::max);
    }

    /** The greatest id given out or observed. */
    public long last() {
        return last.get();
    }

    /** The milliseconds since 1970 that the next id would hold at least. */
    public long nowMillis() {
        return millis(Math.max(wall(), last.get()));
    }

    /** The milliseconds since 1970 in an id. */
    public static long millis(long id) {
        return id >>> COUNTER_BITS;
    }

    private long wall() {
        return clock.millis() << COUNTER_BITS;
    }
}
