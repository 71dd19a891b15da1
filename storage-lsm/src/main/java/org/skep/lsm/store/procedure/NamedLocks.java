package org.skep.lsm.store.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Locks of things that have names, taken in the order of the names. A thread may take again what it
 * has. Safe for use by many threads.
 */
public final class NamedLocks {
    // There are about as many as there were tables; they stay.
    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Waits until all of some things are free, and works while nobody else has them. */
    public <T> T holding(SortedSet<String> names, Supplier<T> work) {
        List<ReentrantLock> held = new ArrayList<>();
        try {
            for (String name : names) {
                ReentrantLock lock = locks.computeIfAbsent(name, any -> new ReentrantLock());
                lock.lock();
                held.add(lock);
            }
            return work.get();
        } finally {
            for (int i = held.size() - 1; i >= 0; i--) {
                held.get(i).unlock();
            }
        }
    }

    /** The same for work that gives nothing. */
    public void holding(SortedSet<String> names, Runnable work) {
        holding(
                names,
                () -> {
                    work.run();
                    return null;
                });
    }
}
