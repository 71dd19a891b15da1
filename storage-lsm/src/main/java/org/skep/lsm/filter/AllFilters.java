package org.skep.lsm.filter;

import java.util.List;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** All filters must agree. */
final class AllFilters extends FilterList {
    // Which filters gave the verdict SEEK_HINT on the last cell.
    private final boolean[] hinting;

    AllFilters(List<Filter> filters) {
        super(filters);
        hinting = new boolean[filters.size()];
    }

    @Override
    public AllFilters fresh() {
        return new AllFilters(freshFilters());
    }

    @Override
    public boolean rejectsAllRemaining() {
        for (Filter filter : filters) {
            if (filter.rejectsAllRemaining()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        boolean rejected = false;
        boolean mayHint = false;
        for (Filter filter : filters) {
            if (filter.rejectsAllRemaining()) {
                return true;
            }
            // All are asked, since some remember the row.
            if (filter.rejectsRowKey(first)) {
                rejected = true;
            } else if (filter instanceof HintingFilter) {
                mayHint = true;
            }
        }
        return rejected && !mayHint;
    }

    @Override
    public Verdict decide(CellView cell) {
        Verdict verdict = Verdict.INCLUDE;
        boolean hints = false;
        int i = 0;
        for (; i < filters.size() && verdict.includes(); i++) {
            Filter filter = filters.get(i);
            hinting[i] = false;
            if (filter.rejectsAllRemaining()) {
                verdict = Verdict.NEXT_ROW;
            } else {
                Verdict own = filter.decide(cell);
                hinting[i] = own == Verdict.SEEK_HINT;
                hints |= hinting[i];
                verdict = join(verdict, own);
            }
        }
        // Others may know a place that is further away.
        for (; i < filters.size(); i++) {
            Filter filter = filters.get(i);
            hinting[i] =
                    filter instanceof HintingFilter && filter.decide(cell) == Verdict.SEEK_HINT;
            hints |= hinting[i];
        }
        return hints ? Verdict.SEEK_HINT : verdict;
    }

    /** Goes as far as the one that goes further, and includes what both include. */
    private static Verdict join(Verdict sofar, Verdict own) {
        if (own == Verdict.SEEK_HINT) {
            return own;
        }
        int step = Math.max(sofar.step(), own.step());
        if (sofar.includes() && own.includes()) {
            return switch (step) {
                case 0 -> Verdict.INCLUDE;
                case 1 -> Verdict.INCLUDE_AND_NEXT_COLUMN;
                default -> Verdict.INCLUDE_AND_NEXT_ROW;
            };
        }
        return switch (step) {
            case 0 -> Verdict.SKIP;
            case 1 -> Verdict.NEXT_COLUMN;
            default -> Verdict.NEXT_ROW;
        };
    }

    @Override
    public CellView transform(CellView cell) {
        CellView transformed = cell;
        for (Filter filter : filters) {
            transformed = filter.transform(transformed);
        }
        return transformed;
    }

    @Override
    public boolean rejectsRow() {
        for (Filter filter : filters) {
            if (filter.rejectsRow()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public SeekKey hint(CellView cell) {
        SeekKey furthest = null;
        for (int i = 0; i < filters.size(); i++) {
            Filter filter = filters.get(i);
            if (hinting[i] && !filter.rejectsAllRemaining()) {
                SeekKey hint = filter.hint(cell);
                if (furthest == null || (hint != null && before(furthest, hint))) {
                    furthest = hint;
                }
            }
        }
        return furthest;
    }
}
