/**
 * Columns of values in heap arrays, and batches of such columns. Start at {@link
 * org.skep.types.vector.ColumnVector} and {@link org.skep.types.vector.ColumnBatch}.
 */
package org.skep.types.vector;
