package org.skep.storage;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * A condition that the executor lends to a reader, so that columns which it does not need are
 * decoded only for the rows that survive. Confined to the reader's thread.
 */
public interface BatchFilter {
    /** The indexes, into the scan's columns, of the columns that the condition needs, ascending. */
    int[] columns();

    /**
     * The rows that pass.
     *
     * @param vectors the vectors of {@link #columns}, in that order, of any encoding
     */
    Selection apply(ColumnVector[] vectors, Selection selection);
}
