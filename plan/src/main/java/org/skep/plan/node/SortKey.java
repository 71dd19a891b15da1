package org.skep.plan.node;

/**
 * A column to sort by. Immutable.
 *
 * @param column index into the input's columns
 */
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
