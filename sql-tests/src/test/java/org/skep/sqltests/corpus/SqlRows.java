package org.skep.sqltests.corpus;

import java.util.List;

/**
 * What a statement answered. Immutable.
 *
 * @param types one letter a column, as {@link TypeLetters} gives them
 * @param rows texts of values, null for NULL
 */
record SqlRows(List<String> names, String types, List<List<String>> rows) {
    SqlRows {
        names = List.copyOf(names);
        rows = List.copyOf(rows);
    }
}
