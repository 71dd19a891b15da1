package org.skep.functions.api;

import java.util.List;
import java.util.function.BiFunction;
import org.skep.types.DataType;
import org.skep.types.StructType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * The declaration of a function that makes any number of rows from one, such as {@code explode}.
 * Immutable.
 *
 * @param name in lower case
 * @param binder the typing rule; the bound return type is a struct of the columns that it makes
 * @param kernels makes the kernel of a task from the bound argument types and return type
 * @param description for DESCRIBE FUNCTION
 */
public record TableFunction(
        String name,
        Binder binder,
        BiFunction<List<DataType>, StructType, Kernel> kernels,
        String description) {
    /** Computes the rows that a batch yields. Confined to one thread. */
    public interface Kernel {
        /**
         * Makes the rows of the selected input rows, in their order.
         *
         * @param counts receives, for the k-th selected row, how many rows it yields
         * @param out flat reset vectors of the columns made; rows of all inputs one after the
         *     other; grown as needed
         */
        void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                int[] counts,
                ColumnVector[] out,
                EvalContext context);
    }
}
