package org.skep.lsm.filter;

import java.util.ArrayList;
import java.util.List;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps rows of several ranges, and goes from one to the next by seeks. */
public final class MultiRowRangeFilter extends Filter implements HintingFilter {
    private final List<RowRange> ranges;
    private int at = -1;
    private Verdict verdict = Verdict.INCLUDE;
    private boolean done;

    /**
     * Keeps rows of these ranges, which may overlap.
     *
     * @throws IllegalArgumentException if there is none
     */
    public MultiRowRangeFilter(List<RowRange> ranges) {
        this.ranges = merged(ranges);
    }

    private static List<RowRange> merged(List<RowRange> ranges) {
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("No ranges found.");
        }
        List<RowRange> sorted = new ArrayList<>(ranges);
        sorted.sort(
                (a, b) -> {
                    int order = Bytes.compare(a.start(), b.start());
                    return order != 0
                            ? order
                            : Boolean.compare(b.startIncluded(), a.startIncluded());
                });
        List<RowRange> merged = new ArrayList<>();
        RowRange last = sorted.get(0);
        for (RowRange range : sorted.subList(1, sorted.size())) {
            if (last.stop().length == 0) {
                break;
            }
            int order = Bytes.compare(last.stop(), range.start());
            if (order < 0 || (order == 0 && !last.stopIncluded() && !range.startIncluded())) {
                merged.add(last);
                last = range;
            } else {
                last = joined(last, range);
            }
        }
        merged.add(last);
        return List.copyOf(merged);
    }

    private static RowRange joined(RowRange a, RowRange b) {
        int order = b.stop().length == 0 ? -1 : Bytes.compare(a.stop(), b.stop());
        boolean included = order == 0 ? a.stopIncluded() || b.stopIncluded() : b.stopIncluded();
        return order > 0 ? a : new RowRange(a.start(), a.startIncluded(), b.stop(), included);
    }

    @Override
    public MultiRowRangeFilter fresh() {
        return new MultiRowRangeFilter(ranges);
    }

    @Override
    public boolean rejectsAllRemaining() {
        return done;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        if (done) {
            return true;
        }
        if (at < 0) {
            at = reversed() ? ranges.size() - 1 : 0;
        }
        while (reversed() ? ranges.get(at).beginsAfter(first) : ranges.get(at).endsBefore(first)) {
            at += reversed() ? -1 : 1;
            if (at < 0 || at == ranges.size()) {
                done = true;
                verdict = Verdict.NEXT_ROW;
                return false;
            }
        }
        boolean ahead =
                reversed() ? ranges.get(at).endsBefore(first) : ranges.get(at).beginsAfter(first);
        verdict = ahead ? Verdict.SEEK_HINT : Verdict.INCLUDE;
        return false;
    }

    @Override
    public Verdict decide(CellView cell) {
        return verdict;
    }

    @Override
    public SeekKey hint(CellView cell) {
        RowRange range = ranges.get(at);
        if (reversed()) {
            return SeekKey.firstOfRow(range.stop());
        }
        return range.startIncluded()
                ? SeekKey.firstOfRow(range.start())
                : SeekKey.lastOfRow(range.start());
    }
}
