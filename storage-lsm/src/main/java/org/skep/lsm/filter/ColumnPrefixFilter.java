package org.skep.lsm.filter;

import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps columns whose qualifiers begin with a prefix. */
public final class ColumnPrefixFilter extends Filter implements HintingFilter {
    private final byte[] prefix;
    private final ColumnHint hint = new ColumnHint();

    /** Keeps columns with this prefix. */
    public ColumnPrefixFilter(byte[] prefix) {
        this.prefix = prefix.clone();
    }

    @Override
    public ColumnPrefixFilter fresh() {
        return new ColumnPrefixFilter(prefix);
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public Verdict decide(CellView cell) {
        int length = Math.min(prefix.length, cell.qualifierLength());
        int order = Bytes.compare(prefix, 0, length, cell.buffer(), cell.qualifierOffset(), length);
        if (order > 0 || (order == 0 && length < prefix.length)) {
            return Verdict.SEEK_HINT;
        }
        return order < 0 ? Verdict.NEXT_ROW : Verdict.INCLUDE;
    }

    @Override
    public SeekKey hint(CellView cell) {
        return hint.at(cell, prefix);
    }
}
