package org.skep.lsmtests.oracle;

import java.util.List;

/** One operation. Its text tells all of it. */
sealed interface Step {
    /** The timestamp of an operation that takes the store's time. */
    long NOW = Long.MAX_VALUE;

    /** What a delete hides. */
    enum Marker {
        VERSION,
        COLUMN,
        FAMILY,
        FAMILY_VERSION
    }

    /** One cell of a mutation: a value, or a marker if there is none. */
    record Part(String family, String qualifier, long timestamp, String value, Marker marker) {}

    /** A put, or a delete if its parts are markers; without parts a delete of the whole row. */
    record Mutate(String row, List<Part> parts, boolean put, long timestamp, long ttl)
            implements Step {}

    /** Puts and deletes of one row at once. */
    record MutateRow(List<Mutate> mutations) implements Step {}

    /** Puts and deletes of different rows. */
    record Batch(List<Mutate> mutations) implements Step {}

    /** Adds to a number. */
    record Increment(String row, String family, String qualifier, long amount) implements Step {}

    /** Appends to a value. */
    record Append(String row, String family, String qualifier, String value) implements Step {}

    /** Mutates if a column compares so with a value, null for none. */
    record Check(
            String row,
            String family,
            String qualifier,
            String operator,
            String value,
            Mutate mutation)
            implements Step {}

    /** Writes memory to files. */
    record Flush() implements Step {}

    /** Joins some files. */
    record Compact() implements Step {}

    /** Joins all files. */
    record Major() implements Step {}

    /** Lets time pass. */
    record Tick(int millis) implements Step {}

    /** Reads. */
    record Ask(Question question) implements Step {}

    /** Begins a scan that is read later. */
    record Begin(Question question) implements Step {}

    /** Reads some rows of the scan that was begun. */
    record Go(int rows) implements Step {}
}
