package org.skep.columnar.text;

import org.skep.types.vector.ColumnVector;

/** Makes a value out of a field's bytes. Confined to one thread. */
@FunctionalInterface
interface FieldDecoder {
    /**
     * Puts the value at a position that is not NULL.
     *
     * @return false if the bytes are no such value; it is then to be NULL
     */
    boolean decode(byte[] data, int start, int length, ColumnVector out, int row);
}
