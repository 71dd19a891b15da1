package org.skep.storage;

import org.skep.types.Datum;

/**
 * A condition on one column that a reader may use to skip files, row groups and pages; rows that it
 * lets pass are checked again. Immutable.
 *
 * @param column index into the scan's columns
 * @param low the least value, or null for no bound
 * @param high the greatest value, or null for no bound
 * @param nullsMatch whether rows where the column is NULL may match
 */
public record ColumnRange(
        int column,
        Datum low,
        boolean lowInclusive,
        Datum high,
        boolean highInclusive,
        boolean nullsMatch) {}
