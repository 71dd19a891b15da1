package org.skep.columnar.orc;

import org.skep.storage.ColumnRange;
import org.skep.storage.RuntimeFilter;
import org.skep.storage.ScanRequest;
import org.skep.types.Datum;

/**
 * Tells from statistics that no row of a stripe can match the ranges of a scan. Confined to one
 * thread.
 */
final class StripeFilter {
    /** What is known of a scan's column in the stripe, or null. */
    @FunctionalInterface
    interface Known {
        KnownValues of(int column);
    }

    private final ScanRequest request;

    StripeFilter(ScanRequest request) {
        this.request = request;
    }

    /** Whether some of the rows may match all ranges. */
    boolean mayMatch(long rows, Known known) {
        for (ColumnRange range : request.ranges()) {
            if (!mayMatch(range, rows, known.of(range.column()))) {
                return false;
            }
        }
        if (request.runtimeFilter() == RuntimeFilter.NONE) {
            return true;
        }
        for (int i = 0; i < request.columns().size(); i++) {
            ColumnRange range = request.runtimeFilter().range(i);
            if (range != null && !mayMatch(range, rows, known.of(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayMatch(ColumnRange range, long rows, KnownValues known) {
        if (known == null || (range.nullsMatch() && known.nullCount() != 0)) {
            return true;
        }
        if (known.nullCount() == rows && rows > 0) {
            return false;
        }
        return !below(known.max(), range.low(), range.lowInclusive())
                && !below(range.high(), known.min(), range.highInclusive());
    }

    // Whether every value up to one bound is outside of the other.
    private static boolean below(Datum most, Datum least, boolean inclusive) {
        if (most == null
                || least == null
                || most.value() == null
                || least.value() == null
                || most.value().getClass() != least.value().getClass()
                || most.value() instanceof Boolean) {
            return false;
        }
        int order = KnownValues.compare(most, least);
        return order < 0 || (order == 0 && !inclusive);
    }
}
