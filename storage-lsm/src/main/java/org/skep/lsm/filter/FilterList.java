package org.skep.lsm.filter;

import java.util.List;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.SeekKey;

/** Joins filters: all of them must agree to a cell, or one. An empty list keeps everything. */
public abstract sealed class FilterList extends Filter permits AllFilters, AnyFilter {
    final List<Filter> filters;

    FilterList(List<Filter> filters) {
        this.filters = List.copyOf(filters);
    }

    /** Keeps what every filter keeps. */
    public static FilterList all(Filter... filters) {
        return new AllFilters(List.of(filters));
    }

    /** Keeps what every filter keeps. */
    public static FilterList all(List<Filter> filters) {
        return new AllFilters(filters);
    }

    /** Keeps what any filter keeps. */
    public static FilterList any(Filter... filters) {
        return new AnyFilter(List.of(filters));
    }

    /** Keeps what any filter keeps. */
    public static FilterList any(List<Filter> filters) {
        return new AnyFilter(filters);
    }

    /** The filters of the list. */
    public final List<Filter> filters() {
        return filters;
    }

    final List<Filter> freshFilters() {
        return filters.stream().map(Filter::fresh).toList();
    }

    @Override
    public final void reversed(boolean value) {
        super.reversed(value);
        filters.forEach(filter -> filter.reversed(value));
    }

    @Override
    public void reset() {
        for (Filter filter : filters) {
            filter.reset();
        }
    }

    @Override
    public final boolean judgesRow() {
        return filters.stream().anyMatch(Filter::judgesRow);
    }

    @Override
    public final void editRow(List<Cell> cells) {
        for (Filter filter : filters) {
            filter.editRow(cells);
        }
    }

    @Override
    public final boolean remembersCells() {
        return filters.stream().anyMatch(Filter::remembersCells);
    }

    /** Whether one place comes before another in the order of the scan. */
    final boolean before(SeekKey a, SeekKey b) {
        int order = CellOrder.compareKeys(a.view(), b.view());
        return reversed() ? order > 0 : order < 0;
    }
}
