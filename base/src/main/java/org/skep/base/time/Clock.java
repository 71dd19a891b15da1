package org.skep.base.time;

import java.time.Instant;

/**
 * Wall and monotonic time, replaceable in tests. Implementations are safe for use by many threads.
 */
public interface Clock {
    /** The machine's clock. */
    Clock SYSTEM =
            new Clock() {
                @Override
                public Instant now() {
                    return Instant.now();
                }

                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }
            };

    /** The current instant. */
    Instant now();

    /** Nanoseconds from an arbitrary origin that never run backwards. */
    long nanoTime();
}
