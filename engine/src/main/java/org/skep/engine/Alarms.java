package org.skep.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.skep.base.concurrent.NamedThreads;

/** Runs things later, on one thread that ends when nothing is left to wait for. */
final class Alarms {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Alarms() {}

    static ScheduledFuture<?> in(Duration delay, Runnable action) {
        return TIMER.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, NamedThreads.called("statement-timeout"));
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
