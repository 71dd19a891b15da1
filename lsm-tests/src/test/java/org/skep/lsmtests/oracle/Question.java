package org.skep.lsmtests.oracle;

import java.util.List;

/**
 * A get or a scan. Immutable.
 *
 * @param row of a get; null for a scan
 * @param columns such as {@code f} or {@code f:q}; none for all
 * @param versions 0 for all
 * @param from the least timestamp
 * @param to the timestamp behind the greatest; 0 for no range
 * @param start null for no bound
 * @param stop null for no bound
 * @param batch 0 for whole rows
 * @param limit cells per row and family, 0 for all
 * @param offset cells per row and family left out
 * @param filter null for none
 */
record Question(
        String row,
        List<String> columns,
        int versions,
        long from,
        long to,
        String start,
        boolean startIncluded,
        String stop,
        boolean stopIncluded,
        boolean reversed,
        boolean raw,
        int batch,
        int limit,
        int offset,
        FilterPair filter) {
    /** All that there is, also markers. */
    static final Question RAW = scan(true);

    /** All versions that are seen. */
    static final Question ALL = scan(false);

    private static Question scan(boolean raw) {
        return new Question(
                null, List.of(), 0, 0, 0, null, true, null, false, false, raw, 0, 0, 0, null);
    }
}
