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
                public long millis() {
                    return System.currentTimeMillis();
                }

                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }
            };

    /** The current instant. */
    Instant now();

    /** The current instant in milliseconds since 1970, without making an object. */
    default long millis() {
        return now().toEpochMilli();
    }

    /** Nanoseconds from an arbitrary origin that never run backwards. */
    long nanoTime();
}
