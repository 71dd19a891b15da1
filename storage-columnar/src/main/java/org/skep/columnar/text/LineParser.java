package org.skep.columnar.text;

import org.skep.types.vector.ColumnVector;

/** Makes the wanted values of a row out of a line. Confined to one thread. */
interface LineParser {
    /**
     * Puts a value or NULL into every column.
     *
     * @param columns the wanted ones, in the scan's order
     * @return how many values could not be read
     */
    int parse(byte[] data, int start, int length, ColumnVector[] columns, int row);
}
