package org.skep.benchmarks.partitions;

/**
 * How long something took. Immutable.
 *
 * @param seconds on the clock
 * @param cpuSeconds of all processors, used by all threads of the process
 */
record Elapsed(double seconds, double cpuSeconds) {}
