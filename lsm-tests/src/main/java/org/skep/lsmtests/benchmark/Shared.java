package org.skep.lsmtests.benchmark;

import java.util.concurrent.atomic.AtomicLong;

/** What the threads of all phases on one store share. Safe for use by many threads. */
final class Shared {
    private final long loaded;
    private final AtomicLong toLoad = new AtomicLong();
    private final AtomicLong inserted;
    private final Zipf zipf;

    Shared(long loaded, Zipf zipf) {
        this.loaded = loaded;
        this.zipf = zipf;
        inserted = new AtomicLong(loaded);
    }

    long loaded() {
        return loaded;
    }

    Zipf zipf() {
        return zipf;
    }

    long nextToLoad(long count) {
        return toLoad.getAndAdd(count);
    }

    /** The number of a new row. */
    long insert() {
        return inserted.getAndIncrement();
    }

    long inserted() {
        return inserted.get();
    }

    /** From here on no row has been written. */
    long absent() {
        return 500_000_000_000L;
    }
}
