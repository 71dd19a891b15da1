/**
 * Reads and writes ORC files with the library of Apache ORC, over our own file systems.
 *
 * <p>Start with {@link org.skep.columnar.orc.OrcFormat}, then {@code OrcScan} for reading and
 * {@code OrcTableWriter} for writing.
 */
package org.skep.columnar.orc;
