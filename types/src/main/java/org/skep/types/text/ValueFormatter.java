package org.skep.types.text;

import org.skep.types.vector.ColumnVector;

/** Prints values of one type. Confined to one thread. */
@FunctionalInterface
public interface ValueFormatter {
    /**
     * Prints one value.
     *
     * @param vector flat, of the formatter's type
     * @param row a position that is not NULL
     */
    void append(ColumnVector vector, int row, ByteSink out);
}
