/**
 * Tests of the Parquet format, with files of our own and of DuckDB. Start at {@link
 * org.skep.columnar.parquet.RoundTripTest}.
 */
package org.skep.columnar.parquet;
