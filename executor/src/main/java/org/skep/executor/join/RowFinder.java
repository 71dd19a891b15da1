package org.skep.executor.join;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Looks the keys of left rows up in a join's table. Confined to one thread. */
interface RowFinder {
    /** Sets {@code rows[k]} to the first right row with the {@code k}-th row's key, or -1. */
    void find(ColumnVector[] keys, Selection selection, int[] rows);
}
