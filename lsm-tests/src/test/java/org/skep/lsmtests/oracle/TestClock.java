package org.skep.lsmtests.oracle;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.hbase.util.EnvironmentEdge;
import org.skep.base.time.Clock;

/** The time of both stores, moved by hand. */
final class TestClock implements Clock, EnvironmentEdge {
    // With a time to live of ten seconds the timestamp 0 is just not expired.
    private final AtomicLong millis = new AtomicLong(10_000);

    void tick(int by) {
        millis.addAndGet(by);
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long currentTime() {
        return millis.get();
    }
}
