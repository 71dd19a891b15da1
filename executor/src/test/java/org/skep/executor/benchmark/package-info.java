/**
 * A small benchmark of the executor without files. Start at {@link
 * org.skep.executor.benchmark.PricingBenchmark}.
 */
package org.skep.executor.benchmark;
