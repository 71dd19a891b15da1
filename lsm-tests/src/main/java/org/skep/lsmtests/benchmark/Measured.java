package org.skep.lsmtests.benchmark;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one phase gave for one store. Immutable but for the histogram, which is not changed any
 * more.
 *
 * @param operations how many were done
 * @param seconds wall time
 * @param cpuMicros processor time of all processes, microseconds an operation
 * @param latency nanoseconds an operation; null where single ones were not timed
 * @param worstSecond operations in the worst full second
 * @param amplification bytes written for each byte of rows; NaN where nothing is written
 * @param residentBytes memory of all processes, which stores in one process share
 */
record Measured(
        long operations,
        double seconds,
        double cpuMicros,
        Histogram latency,
        long worstSecond,
        double amplification,
        long residentBytes) {
    double rate() {
        return operations / seconds;
    }

    double micros(double percentile) {
        return latency == null ? Double.NaN : latency.getValueAtPercentile(percentile) / 1e3;
    }

    double maxMillis() {
        return latency == null ? Double.NaN : latency.getMaxValue() / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,12.0f/s  cpu %8.2f us  p50 %8.1f  p99 %9.1f  p99.9 %9.1f us  max %8.1f ms"
                        + "  worst second %,9d  written %5s x  memory %,d MB",
                rate(),
                cpuMicros,
                micros(50),
                micros(99),
                micros(99.9),
                maxMillis(),
                worstSecond,
                Double.isNaN(amplification)
                        ? "-"
                        : String.format(Locale.ROOT, "%.2f", amplification),
                residentBytes >> 20);
    }
}
