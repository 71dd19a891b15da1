package org.skep.functions.compare;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * A condition that yields the rows for which it is true, without booleans in between. Confined to
 * one thread.
 */
@FunctionalInterface
public interface PredicateKernel {
    /**
     * The rows of {@code in} for which the condition is true, neither false nor NULL.
     *
     * @param arguments flat or constant vectors of the bound types; rows may be NULL
     */
    Selection select(ColumnVector[] arguments, Selection in);
}
