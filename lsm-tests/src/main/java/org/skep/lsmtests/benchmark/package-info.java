/**
 * The region store against RocksDB and HBase, phase by phase and in turns. Start at {@link
 * org.skep.lsmtests.benchmark.RegionStoreBenchmark}.
 */
package org.skep.lsmtests.benchmark;
