package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;

/** Compares a part of cells with a given value. */
abstract class CompareFilter extends Filter {
    final CompareOperator operator;
    final ByteComparator comparator;

    CompareFilter(CompareOperator operator, ByteComparator comparator) {
        this.operator = operator;
        this.comparator = comparator;
    }

    private boolean matches(CellView cell, int offset, int length) {
        return operator != CompareOperator.NO_OP
                && operator.matches(comparator.compare(cell.buffer(), offset, length));
    }

    final boolean rowMatches(CellView cell) {
        return matches(cell, cell.rowOffset(), cell.rowLength());
    }

    final boolean familyMatches(CellView cell) {
        return matches(cell, cell.familyOffset(), cell.familyLength());
    }

    final boolean qualifierMatches(CellView cell) {
        return matches(cell, cell.qualifierOffset(), cell.qualifierLength());
    }

    final boolean valueMatches(CellView cell) {
        return matches(cell, cell.valueOffset(), cell.valueLength());
    }
}
