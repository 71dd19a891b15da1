/**
 * TPC-H over Parquet files, against DuckDB on the same files in the same run. Start at {@link
 * org.skep.benchmarks.tpch.TpchBenchmark}.
 */
package org.skep.benchmarks.tpch;
