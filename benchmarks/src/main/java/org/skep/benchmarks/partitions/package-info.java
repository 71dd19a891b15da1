/**
 * What a table of 100,000 partitions costs. Start at {@link
 * org.skep.benchmarks.partitions.PartitionsBenchmark}.
 */
package org.skep.benchmarks.partitions;
