package org.skep.lsm.filter;

import java.util.Arrays;
import java.util.List;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/**
 * One filter must agree. The others then see cells that they meant to pass by: they are not asked
 * about these, since some count what they see.
 */
final class AnyFilter extends FilterList {
    private final boolean[] included;
    private final Verdict[] verdicts;
    // The cell about which a filter gave a verdict that reaches further than this cell.
    private final KeptKey[] cells;

    AnyFilter(List<Filter> filters) {
        super(filters);
        included = new boolean[filters.size()];
        verdicts = new Verdict[filters.size()];
        cells = new KeptKey[filters.size()];
        Arrays.setAll(cells, any -> new KeptKey());
    }

    @Override
    public AnyFilter fresh() {
        return new AnyFilter(freshFilters());
    }

    @Override
    public void reset() {
        super.reset();
        Arrays.fill(included, false);
        Arrays.fill(verdicts, null);
        for (KeptKey cell : cells) {
            cell.clear();
        }
    }

    @Override
    public boolean rejectsAllRemaining() {
        for (Filter filter : filters) {
            if (!filter.rejectsAllRemaining()) {
                return false;
            }
        }
        return !filters.isEmpty();
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        boolean rejected = !filters.isEmpty();
        for (Filter filter : filters) {
            // All are asked, since some remember the row.
            if (!filter.rejectsAllRemaining() && !filter.rejectsRowKey(first)) {
                rejected = false;
            }
        }
        return rejected;
    }

    @Override
    public Verdict decide(CellView cell) {
        if (filters.isEmpty()) {
            return Verdict.INCLUDE;
        }
        Verdict verdict = null;
        for (int i = 0; i < filters.size(); i++) {
            Filter filter = filters.get(i);
            included[i] = false;
            if (filter.rejectsAllRemaining()) {
                continue;
            }
            Verdict own = earlierVerdict(i, cell);
            if (own == null) {
                own = filter.decide(cell);
            }
            remember(i, cell, own);
            verdict = verdict == null ? own : join(verdict, own);
        }
        return verdict == null ? Verdict.SKIP : verdict;
    }

    private void remember(int index, CellView cell, Verdict verdict) {
        verdicts[index] = verdict;
        included[index] = verdict.includes();
        if (verdict == Verdict.INCLUDE || verdict == Verdict.SKIP) {
            cells[index].clear();
        } else {
            cells[index].keep(cell);
        }
    }

    /** What a filter has said about this cell already; null if it must be asked. */
    private Verdict earlierVerdict(int index, CellView cell) {
        CellView earlier = cells[index].view();
        if (earlier == null) {
            return null;
        }
        return switch (verdicts[index]) {
            case INCLUDE, SKIP -> null;
            case SEEK_HINT -> {
                SeekKey hint = filters.get(index).hint(earlier);
                yield hint != null && isBefore(cell, hint) ? Verdict.SEEK_HINT : null;
            }
            case NEXT_COLUMN, INCLUDE_AND_NEXT_COLUMN ->
                    sameFamily(earlier, cell) && earlier.sameQualifier(cell)
                            ? Verdict.NEXT_COLUMN
                            : null;
            case NEXT_ROW, INCLUDE_AND_NEXT_ROW ->
                    sameFamily(earlier, cell) ? Verdict.NEXT_ROW : null;
        };
    }

    private boolean isBefore(CellView cell, SeekKey hint) {
        int order = CellOrder.compareKeys(cell, hint.view());
        return reversed() ? order > 0 : order < 0;
    }

    private static boolean sameFamily(CellView a, CellView b) {
        return Bytes.equal(
                a.buffer(),
                a.familyOffset(),
                a.familyLength(),
                b.buffer(),
                b.familyOffset(),
                b.familyLength());
    }

    /** Goes as far as the one that goes less far, and includes what either includes. */
    private static Verdict join(Verdict sofar, Verdict own) {
        if (sofar == Verdict.SEEK_HINT && own == Verdict.SEEK_HINT) {
            return own;
        }
        int step = Math.min(sofar.step(), own.step());
        if (sofar.includes() || own.includes()) {
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
        for (int i = 0; i < filters.size(); i++) {
            if (included[i]) {
                transformed = filters.get(i).transform(transformed);
            }
        }
        return transformed;
    }

    @Override
    public boolean rejectsRow() {
        for (Filter filter : filters) {
            if (!filter.rejectsRow()) {
                return false;
            }
        }
        return !filters.isEmpty();
    }

    @Override
    public SeekKey hint(CellView cell) {
        SeekKey nearest = null;
        for (Filter filter : filters) {
            if (filter.rejectsAllRemaining()) {
                continue;
            }
            SeekKey hint = filter.hint(cell);
            if (hint == null) {
                return null;
            }
            if (nearest == null || before(hint, nearest)) {
                nearest = hint;
            }
        }
        return nearest;
    }
}
