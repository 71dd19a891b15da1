package org.skep.lsm.compact;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.time.Clock;

/**
 * Slows work down to a number of bytes in a second, evenly: it waits a little often, not long at
 * times. All that compacts shares one. Safe for use by many threads.
 */
public final class Throttle {
    /** No limit. */
    public static final long UNLIMITED = 0;

    // What was not used is not saved up for longer than this.
    private static final long BURST_NANOS = 20_000_000;
    // So often a waiting thread looks whether it is to stop.
    private static final long SLICE_NANOS = 20_000_000;

    private final Clock clock;
    private final LongConsumer waiter;
    private volatile long bytesPerSecond;
    private long nextNanos;
    private boolean started;

    /** A limit, or {@link #UNLIMITED}. */
    public Throttle(Clock clock, long bytesPerSecond) {
        this(clock, bytesPerSecond, LockSupport::parkNanos);
    }

    /** A limit with another way of waiting so many nanoseconds. */
    Throttle(Clock clock, long bytesPerSecond, LongConsumer waiter) {
        this.clock = clock;
        this.waiter = waiter;
        rate(bytesPerSecond);
    }

    /** Sets another limit, or {@link #UNLIMITED}. */
    public void rate(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("Rate must not be negative: " + bytes);
        }
        bytesPerSecond = bytes;
    }

    /**
     * Tells of bytes that were just read or written, and waits until more may be.
     *
     * @throws org.skep.base.error.SkepException CANCELLED if the flag is up
     */
    public void spent(long bytes, CancelFlag cancel) {
        cancel.check();
        long rate = bytesPerSecond;
        if (rate == UNLIMITED) {
            return;
        }
        long until = reserve((long) (bytes * 1e9 / rate));
        for (long left = until - clock.nanoTime(); left > 0; left = until - clock.nanoTime()) {
            waiter.accept(Math.min(left, SLICE_NANOS));
            cancel.check();
            if (bytesPerSecond == UNLIMITED) {
                return;
            }
        }
    }

    private synchronized long reserve(long nanos) {
        long now = clock.nanoTime();
        if (!started || nextNanos - now < -BURST_NANOS) {
            nextNanos = now - BURST_NANOS;
            started = true;
        }
        nextNanos += nanos;
        return nextNanos;
    }
}
