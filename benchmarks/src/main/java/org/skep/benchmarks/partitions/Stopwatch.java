package org.skep.benchmarks.partitions;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.skep.base.time.Clock;

/** Measures from its making on. Confined to one thread. */
final class Stopwatch {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long start = Clock.SYSTEM.nanoTime();
    private final long cpuStart = PROCESS.getProcessCpuTime();

    /** What has passed until now. */
    Elapsed elapsed() {
        return new Elapsed(
                (Clock.SYSTEM.nanoTime() - start) / 1e9,
                (PROCESS.getProcessCpuTime() - cpuStart) / 1e9);
    }
}
