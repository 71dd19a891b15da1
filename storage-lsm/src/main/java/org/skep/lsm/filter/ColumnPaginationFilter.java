package org.skep.lsm.filter;

import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps so many columns of every row, one version of each, from a certain one on. */
public final class ColumnPaginationFilter extends Filter {
    private final int limit;
    private final int offset;
    private final byte[] from;
    private final ColumnHint hint = new ColumnHint();
    private int count;

    private ColumnPaginationFilter(int limit, int offset, byte[] from) {
        if (limit < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "Limit and offset must not be negative: %d, %d".formatted(limit, offset));
        }
        this.limit = limit;
        this.offset = offset;
        this.from = from;
    }

    /** Keeps {@code limit} columns behind the first {@code offset}. */
    public ColumnPaginationFilter(int limit, int offset) {
        this(limit, offset, null);
    }

    /** Keeps {@code limit} columns from a qualifier on. */
    public ColumnPaginationFilter(int limit, byte[] from) {
        this(limit, 0, from.clone());
    }

    @Override
    public ColumnPaginationFilter fresh() {
        return new ColumnPaginationFilter(limit, offset, from);
    }

    @Override
    public void reset() {
        count = 0;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public Verdict decide(CellView cell) {
        if (count >= offset + limit) {
            return Verdict.NEXT_ROW;
        }
        if (from != null
                && count == 0
                && Bytes.compare(
                                from,
                                0,
                                from.length,
                                cell.buffer(),
                                cell.qualifierOffset(),
                                cell.qualifierLength())
                        > 0) {
            return Verdict.SEEK_HINT;
        }
        count++;
        return count <= offset ? Verdict.NEXT_COLUMN : Verdict.INCLUDE_AND_NEXT_COLUMN;
    }

    @Override
    public SeekKey hint(CellView cell) {
        return from == null ? null : hint.at(cell, from);
    }
}
