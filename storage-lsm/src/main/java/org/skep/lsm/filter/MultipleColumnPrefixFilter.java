package org.skep.lsm.filter;

import java.util.Collection;
import java.util.TreeSet;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps columns whose qualifiers begin with one of several prefixes. */
public final class MultipleColumnPrefixFilter extends Filter implements HintingFilter {
    private final TreeSet<byte[]> prefixes = new TreeSet<>(Bytes::compare);
    private final ColumnHint hint = new ColumnHint();
    private byte[] next;

    /** Keeps columns with any of these prefixes, or all columns if there are none. */
    public MultipleColumnPrefixFilter(Collection<byte[]> prefixes) {
        this.prefixes.addAll(prefixes);
    }

    @Override
    public MultipleColumnPrefixFilter fresh() {
        return new MultipleColumnPrefixFilter(prefixes);
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public Verdict decide(CellView cell) {
        if (prefixes.isEmpty()) {
            return Verdict.INCLUDE;
        }
        byte[] qualifier =
                Bytes.copy(cell.buffer(), cell.qualifierOffset(), cell.qualifierLength());
        byte[] prefix = prefixes.floor(qualifier);
        if (prefix == null) {
            next = prefixes.first();
            return Verdict.SEEK_HINT;
        }
        if (qualifier.length >= prefix.length
                && java.util.Arrays.equals(qualifier, 0, prefix.length, prefix, 0, prefix.length)) {
            return Verdict.INCLUDE;
        }
        next = prefixes.higher(prefix);
        return next == null ? Verdict.NEXT_ROW : Verdict.SEEK_HINT;
    }

    @Override
    public SeekKey hint(CellView cell) {
        return hint.at(cell, next);
    }
}
