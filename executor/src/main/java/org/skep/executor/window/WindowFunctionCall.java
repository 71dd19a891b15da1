package org.skep.executor.window;

/** Computes a window function for the rows of a partition. Confined to one thread. */
interface WindowFunctionCall {
    /** Writes the results of all rows of a partition to their positions of {@code out}. */
    void evaluate(WindowPartition partition, org.skep.types.vector.ColumnVector out);
}
