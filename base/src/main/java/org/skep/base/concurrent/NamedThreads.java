package org.skep.base.concurrent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one place where threads are made: daemon threads with telling names. Safe for use by many
 * threads.
 */
public final class NamedThreads implements ThreadFactory {
    private final String prefix;
    private final long stackBytes;
    private final AtomicInteger next = new AtomicInteger();

    private NamedThreads(String prefix, long stackBytes) {
        this.prefix = prefix;
        this.stackBytes = stackBytes;
    }

    /** Threads called {@code prefix-0}, {@code prefix-1}, … with the default stack. */
    public static NamedThreads called(String prefix) {
        return new NamedThreads(prefix, 0);
    }

    /** The same with a stack of {@code stackBytes}, for deep recursion. */
    public static NamedThreads withStack(String prefix, long stackBytes) {
        return new NamedThreads(prefix, stackBytes);
    }

    /** A fixed pool of {@code size} such threads. */
    public static ExecutorService pool(String prefix, int size) {
        return Executors.newFixedThreadPool(size, called(prefix));
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, prefix + "-" + next.getAndIncrement(), stackBytes);
        thread.setDaemon(true);
        return thread;
    }
}
