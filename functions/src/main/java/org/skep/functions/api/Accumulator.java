package org.skep.functions.api;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Keeps the states of one aggregate for all groups of a task: a fixed number of words a group in
 * rows that the caller owns, and whatever does not fit there (texts, collections) in storage of its
 * own that the words point to. Confined to one thread.
 *
 * <p>In all batches {@code groups[k]} is the group of the {@code k}-th selected row; null stands
 * for group 0 in all rows, which has loops of its own and is for statements without GROUP BY.
 * Argument vectors are flat or constant, never dictionaries. Rows with NULL arguments do reach the
 * accumulator.
 */
public interface Accumulator {
    /** Words a group, at least 0. */
    int width();

    /** Sets the words of a new group, at index {@code at} of {@code words}. */
    void init(long[] words, int at);

    /** Adds rows. */
    void update(
            GroupStates states,
            int[] groups,
            ColumnVector[] arguments,
            Selection selection,
            EvalContext context);

    /** Adds intermediate results, as written by {@link #writeIntermediate}. */
    void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context);

    /**
     * Writes the states of {@code count} groups from {@code firstGroup} on to positions 0, 1, … of
     * reset vectors.
     */
    void writeIntermediate(GroupStates states, int firstGroup, int count, ColumnVector[] out);

    /**
     * Writes the results of {@code count} groups from {@code firstGroup} on to positions 0, 1, … of
     * a reset vector.
     */
    void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context);

    /** Bytes on the heap beyond the words. */
    default long retainedBytes() {
        return 0;
    }
}
