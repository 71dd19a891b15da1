package org.skep.lsm.store.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks of things that have names, taken in the order of the names. A thread may take again what it
 * has. Safe for use by many threads.
 */
public final class NamedLocks {
    // There are about as many as there were tables; they stay.
    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** What was taken; to be closed by the thread that took it. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until all of some things are free, and takes them. */
    public Held take(SortedSet<String> names) {
        List<ReentrantLock> held = new ArrayList<>();
        for (String name : names) {
            ReentrantLock lock = locks.computeIfAbsent(name, any -> new ReentrantLock());
            lock.lock();
            held.add(lock);
        }
        return () -> {
            for (int i = held.size() - 1; i >= 0; i--) {
                held.get(i).unlock();
            }
        };
    }
}
