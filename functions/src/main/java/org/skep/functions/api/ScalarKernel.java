package org.skep.functions.api;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Computes a scalar function for the rows of a batch. One instance a task and call site, confined
 * to its thread, so it may keep scratch memory and compiled patterns of constant arguments.
 */
@FunctionalInterface
public interface ScalarKernel {
    /**
     * Computes the selected rows; position {@code p} of the arguments yields position {@code p} of
     * {@code out}.
     *
     * @param arguments flat or constant vectors, never dictionaries, of the bound types
     * @param selection the rows; for a null-in-null-out function none of them has a NULL argument
     * @param out a flat vector of the return type, reset, with capacity for {@code
     *     selection.bound()}; NULLs of a null-in-null-out function are set by the caller afterwards
     */
    void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context);
}
