/**
 * Tables in Parquet files: our own decoders from raw pages to vectors, with conditions applied
 * while reading, and our own encoders back. Start at {@link
 * org.skep.columnar.parquet.ParquetFormat}, then {@link org.skep.columnar.parquet.ParquetScan}.
 *
 * <p>A file is read as the format's specification says; footers and page headers are parsed by the
 * classes that are generated from it. Files that are written here have data pages of version 1,
 * plain values or one dictionary a chunk, checksums of all pages, and statistics of all flat
 * columns.
 */
package org.skep.columnar.parquet;
